"""Files to values and back: what comes in becomes contents of `amendments.text`, what goes out is written from them.

Owns every file format and the limits on what is read. Pure of web and database; one module wraps one foreign library.
"""
