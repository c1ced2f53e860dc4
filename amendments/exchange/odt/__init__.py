"""OpenDocument texts: OASIS OpenDocument 1.3 Part 3 (https://docs.oasis-open.org/office/OpenDocument/v1.3/).

Section numbers in this package are those of Part 3. Read with lxml alone: odfpy has had no release since 2020 and
builds its tree without limits. Deviations: pictures, text boxes, comments, indexes, headers and footers are left out
and counted; automatic numbers of headings are not part of their text.
"""

from amendments.exchange.odt.package import MIME
from amendments.exchange.odt.reader import read_odt

__all__ = ["MIME", "read_odt"]
