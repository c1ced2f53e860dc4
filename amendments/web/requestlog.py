"""One line of JSON per request: who, what, outcome, how long. Never what somebody typed: routes and ids only."""

import json
import logging
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger("amendments.request")

FIELDS = ("method", "endpoint", "status", "milliseconds", "account", "code", "attempt", "ids")


class JsonFormatter(logging.Formatter):
    """The message is a constant sentence; everything that varies is a field, so no text can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request"] = request_id()
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = places(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


def places(exc_info: Any) -> list[str]:
    """Where an error happened, innermost last, without its words: messages of databases quote what was typed."""
    found, trace = [], exc_info[2]
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]


def request_id() -> str:
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def init_app(app: Flask) -> None:
    if not app.testing:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        root = logging.getLogger("amendments")
        root.handlers[:] = [handler]
        root.setLevel(logging.INFO)
        root.propagate = False
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    g.began = time.perf_counter()


def end(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    if request.endpoint == "static":
        return response
    log.info(
        "request",
        extra={
            "method": request.method if request.method.isalpha() else "?",
            "endpoint": request.endpoint,
            "ids": {name: str(value) for name, value in (request.view_args or {}).items()},
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            "account": g.get("account_id"),
        },
    )
    return response
