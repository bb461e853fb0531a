"""A program that sends whatever the API's description allows, and much that it does not."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from riskq.questionnaire import Catalogue
from riskq.services import Desk, accounts, tokens, workspaces
from riskq.services.workspaces import Right
from riskq.settings import Settings
from riskq.store import open_files, open_store
from riskq.web import create_app
from riskq.web.api import CALLS, description
from tests.keys import KEYS
from tests.users import CHEAP
from tests.web.members import SECRET, Place, make_place


def with_real_ids(place: Place) -> dict[str, Any]:
    """The description, in which ids of what is there are as likely as others."""
    told = deepcopy(description())
    ids = {
        "assessment": place.assessment,
        "screening": place.screening,
        "vendor": place.vendor,
        "question": "system-name",
        "name": "kz-ai-law",
        "edition": "2026-08-25",
        "number": "1",
        "client": place.client,
        "file": place.file,
    }
    for methods in told["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":
                    parameter["schema"]["enum"] = [ids[parameter["name"]], "nothing"]
    return told


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(CALLS)))
def test_nothing_that_a_program_sends_breaks_the_api(number: int, tmp_path: Path) -> None:
    store = open_store(tmp_path / "riskq.db")
    settings = Settings(str(tmp_path / "riskq.db"), SECRET)
    files = open_files(settings.evidence, spare=0)
    desk = Desk(store, Catalogue(), passwords=CHEAP, files=files, keys=KEYS)
    app = create_app(settings, desk=desk)
    place = make_place(desk)
    owner = next(one for one in accounts.list_users(desk) if one.email == place.email("owner"))
    seat = workspaces.take_seat(desk, owner, place.workspace)
    token = tokens.make_token(desk, seat, "x", (Right.SEE, Right.REVIEW, Right.EDIT), 30)
    schema = schemathesis.openapi.from_dict(with_real_ids(place))
    schema.app = app
    one = CALLS[number]
    operation = schema[one.path][one.method]

    @given(data=st.data())
    @profile(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def attack(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        # Whether an answer fits its question, or a level its scale, no description can say.
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"},
            excluded_checks=[positive_data_acceptance],
        )

    attack()
    store.close()
