"""PDF/UA-1 set by typst, each kind of paper in a module of its own: values in, bytes out.

`blocks` describes what stands on the pages, `templates/` draws it, `_typst` alone knows the library.
"""
