"""The description of the API (OpenAPI 3.1), written from the calls themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from flask import Response

from riskq.web.api.calls import CALLS, Call, add_address

__all__ = ["description"]

_REF = "#/components/schemas/{name}"
_NAMES = re.compile(r"\{(\w+)\}")


@cache
def description() -> dict[str, Any]:
    """The whole description."""
    kinds = [kind for one in CALLS for kind in (one.takes, one.gives) if kind not in (None, bytes)]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    of_kind = {id(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for one in CALLS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, of_kind)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "riskq",
            "version": "1",
            "description": "Assessments and screenings of AI systems, for programs.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


_PROBLEM = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def _operation(one: Call, of_kind: dict[int, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": one.summary,
        "operationId": one.name,
        "description": f"Needs the right “{one.right.value}”.",
        "parameters": list(_parameters(one)),
        "responses": {
            str(one.status): _given(one, of_kind),
            "4XX": _problem("The call cannot be answered."),
            "5XX": _problem("The service cannot answer at the moment."),
        },
    }
    if one.takes is not None:
        told["requestBody"] = {"required": True, "content": _taken(one, of_kind)}
    return told


def _parameters(one: Call) -> Iterator[dict[str, Any]]:
    for name in _NAMES.findall(one.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    for asked in one.asks:
        yield {
            "name": asked.name,
            "in": "query",
            "required": asked.is_required,
            "description": asked.meaning,
            "schema": dict(asked.schema),
        }
    if one.method == "POST":
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "However often the same request is sent with it, it is done once.",
            "schema": {"type": "string", "maxLength": 100},
        }


def _given(one: Call, of_kind: dict[int, Any]) -> dict[str, Any]:
    if one.gives is None:
        return {"description": "Done."}
    schema = {"type": "string"} if one.gives is bytes else of_kind[id(one.gives)]
    return {"description": "Done.", "content": {one.kind: {"schema": schema}}}


def _taken(one: Call, of_kind: dict[int, Any]) -> dict[str, Any]:
    if one.takes is bytes:
        # OpenAPI 3.1 says nothing of the content of a file but its type.
        return {"application/octet-stream": {"schema": {"maxLength": one.most}}}
    return {"application/json": {"schema": of_kind[id(one.takes)]}}


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name="Problem")}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def _document() -> Response:
    """Give the description; it needs no token."""
    return Response(msgspec.json.encode(description()), content_type="application/json")


add_address("GET", "/openapi.json", "openapi", _document)
