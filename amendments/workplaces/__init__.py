"""Pages that combine rooms: a document with its proposals, proposing, the merge desk. No tables, no writes of its own.

`views` holds thin views, one module per page; each page's view model is a frozen dataclass in the module beside them.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from amendments.proposals.rules import label
    from amendments.web.posting import say
    from amendments.workplaces.downloads import letterheads
    from amendments.workplaces.labels import FILTERS
    from amendments.workplaces.since import since_of

    app.jinja_env.filters.update(FILTERS, say=say, label=label)
    app.jinja_env.globals["since_of"] = since_of
    letterheads.check(app.extensions["settings"])
