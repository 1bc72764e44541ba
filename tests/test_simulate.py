"""`rdv simulate`: what would be offered if…

the line    territory: a plage of a.durand at arras-sud, Monday and Thursday 9:00 to 12:00; she is away on
            Monday the 23rd, and r1 takes Thursday the 26th at 9:30
            now: Thursday the 19th, 10:00     query: consult-pmi, on the 26th
the answer  09:00 10:00 10:30 11:00 11:30

the line    the same territory and the plage p2, Friday the 27th 14:00 to 15:00, not opened yet
the answer  two créneaux more, on Friday; the line without p2 again: they are gone
"""

import copy
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import thread_time
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from bot.cli import main
from bot.commands.simulate import LONGEST_LINE, Simulation, WhatIfRefused
from tests.naive_creneaux import PARIS, District, districts, offered

Json = dict[str, Any]

NOW = "2026-11-19T10:00:00+01:00"
MONDAY, THURSDAY, FRIDAY = "2026-11-23", "2026-11-26", "2026-11-27"

TERRITORY: Json = {
    "territoire": {
        "ref": "62",
        "nom": "Département de démonstration",
        "timezone": "Europe/Paris",
        "jours_feries": "FR",
    },
    "organisations": [{"ref": "mds-arras", "nom": "MDS Arras"}],
    "lieux": [
        {"ref": "arras-sud", "organisation": "mds-arras", "nom": "MDS Arras Sud"},
        {"ref": "arras-nord", "organisation": "mds-arras", "nom": "MDS Arras Nord"},
    ],
    "agents": [
        {"ref": "a.durand", "prenom": "Anne", "nom": "Durand", "service": "pmi"},
        {"ref": "b.petit", "prenom": "Bruno", "nom": "Petit", "service": "pmi"},
    ],
    "motifs": [
        {
            "ref": "consult-pmi",
            "organisation": "mds-arras",
            "service": "pmi",
            "nom": "Consultation PMI",
            "duree_min": 30,
            "delai_min_min": 60,
        },
        {"ref": "suivi", "organisation": "mds-arras", "service": "pmi", "nom": "Suivi", "suivi": True},
    ],
    "plages": [
        {
            "ref": "p1",
            "agent": "a.durand",
            "lieu": "arras-sud",
            "premier_jour": "2026-11-02",
            "debut": "09:00",
            "fin": "12:00",
            "recurrence": "FREQ=WEEKLY;BYDAY=MO,TH",
            "motifs": ["consult-pmi"],
        }
    ],
    "absences": [
        {"ref": "abs1", "agent": "a.durand", "premier_jour": MONDAY, "debut": "09:00", "fin": "12:00"},
    ],
    "usagers": [
        {
            "ref": "mere",
            "prenom": "Marie",
            "nom": "Martin",
            "referents": ["a.durand"],
            "proches": [{"ref": "lea", "prenom": "Léa", "nom": "Martin", "autres_responsables": ["pere"]}],
        },
        {"ref": "pere", "prenom": "Paul", "nom": "Martin", "referents": ["b.petit"]},
        {"ref": "seul", "prenom": "Jean", "nom": "Seul"},
    ],
    "rdvs": [
        {
            "ref": "r1",
            "motif": "consult-pmi",
            "agents": ["a.durand"],
            "lieu": "arras-sud",
            "debut": f"{THURSDAY}T09:30",
            "participants": ["lea"],
        }
    ],
}


def territory(**lists: list[Json]) -> Json:
    """The territory above, with these entries more."""
    whole = copy.deepcopy(TERRITORY)
    for name, entries in lists.items():
        whole.setdefault(name, []).extend(entries)
    return whole


def plage(ref: str, agent: str, day: str, clocks: str, **rest: Any) -> Json:
    debut, fin = clocks.split("-")
    said = {"ref": ref, "agent": agent, "lieu": "arras-sud", "premier_jour": day, "debut": debut, "fin": fin}
    return {**said, "motifs": ["consult-pmi"], **rest}


def what_if(world: object = TERRITORY, day: str = THURSDAY, now: str = NOW, **query: Any) -> Json:
    asked = {"motif": "consult-pmi", "from": day, "to": day, **query}
    return {"territory": world, "now": now, "query": asked}


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return Simulation()


def run(lines: bytes, url: str | None = None) -> tuple[int, list[Json], list[str]]:
    """The exit code, what stdout says, and the lines of stderr."""
    env = {"DATABASE_URL": url, "REDIS_URL": None}
    result = CliRunner().invoke(main, ["simulate"], input=lines, env=env, catch_exceptions=False)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr.splitlines()


def jsonl(*lines: object) -> bytes:
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def creneaux(simulation: Simulation, line: Json) -> list[Json]:
    return simulation.creneaux(json.dumps(line).encode())


def starts(simulation: Simulation, line: Json) -> str:
    return " ".join(creneau["start"][11:16] for creneau in creneaux(simulation, line))


def errors(simulation: Simulation, line: object) -> list[str]:
    with pytest.raises(WhatIfRefused) as refused:
        simulation.creneaux(line if isinstance(line, bytes) else json.dumps(line).encode())
    return refused.value.errors


# What is offered


def test_a_creneau_has_exactly_the_keys_of_the_contract_in_local_time() -> None:
    assert run(jsonl(what_if(first=1))) == (
        0,
        [
            {
                "creneaux": [
                    {
                        "start": "2026-11-26T09:00:00+01:00",
                        "end": "2026-11-26T09:30:00+01:00",
                        "lieu": "arras-sud",
                        "agents": ["a.durand"],
                    }
                ]
            }
        ],
        [],
    )


def test_the_mother_sees_what_an_rdv_and_an_absence_leave(simulation: Simulation) -> None:
    assert starts(simulation, what_if()) == "09:00 10:00 10:30 11:00 11:30"
    assert starts(simulation, what_if(day=MONDAY)) == ""


def test_a_plage_is_tried_before_it_is_opened_and_leaves_no_trace(simulation: Simulation) -> None:
    tried = territory(plages=[plage("p2", "a.durand", FRIDAY, "14:00-15:00")])
    assert starts(simulation, what_if(day=FRIDAY)) == ""
    assert starts(simulation, what_if(tried, day=FRIDAY)) == "14:00 14:30"
    assert starts(simulation, what_if(day=FRIDAY)) == ""


def test_the_same_territory_answers_one_question_after_the_other(simulation: Simulation) -> None:
    assert starts(simulation, what_if(first=2)) == "09:00 10:00"
    assert starts(simulation, what_if(now="2026-11-26T09:15:00+01:00")) == "10:30 11:00 11:30"
    assert starts(simulation, what_if(first=2)) == "09:00 10:00"


def test_a_territory_that_was_refused_is_refused_again_and_the_next_is_whole(simulation: Simulation) -> None:
    bad = territory(plages=[plage("p2", "a.durand", FRIDAY, "15:00-14:00")])
    assert errors(simulation, what_if(bad)) == errors(simulation, what_if(bad))
    assert starts(simulation, what_if(first=1)) == "09:00"


def test_bounds_are_days_or_instants_both_included(simulation: Simulation) -> None:
    both = {"from": "2026-11-26T10:00:00+01:00", "to": "2026-11-26T10:00:00Z"}
    assert starts(simulation, what_if(**both)) == "10:00 10:30 11:00"
    assert starts(simulation, what_if(**{"from": MONDAY, "to": THURSDAY})) == "09:00 10:00 10:30 11:00 11:30"
    assert starts(simulation, what_if(**{"from": "2026-11-26T11:00+01:00", "to": THURSDAY})) == "11:00 11:30"


def test_days_are_those_of_the_territory(simulation: Simulation) -> None:
    far = territory()
    far["territoire"]["timezone"] = "Indian/Reunion"
    assert [one["start"] for one in creneaux(simulation, what_if(far, first=1))] == ["2026-11-26T09:00:00+04:00"]


def test_the_usager_keeps_to_the_delays_and_the_agent_does_not(simulation: Simulation) -> None:
    early = what_if(now="2026-11-26T08:30:00+01:00")
    assert starts(simulation, early) == "10:00 10:30 11:00 11:30"
    early["query"]["audience"] = "agent"
    assert starts(simulation, early) == "09:00 10:00 10:30 11:00 11:30"


def test_agents_who_are_free_at_once_share_a_creneau_and_are_apart_for_an_agent(simulation: Simulation) -> None:
    both = territory(plages=[plage("p2", "b.petit", THURSDAY, "11:00-12:00")])
    late = {"from": "2026-11-26T11:00:00+01:00", "to": THURSDAY, "first": 2}
    assert [one["agents"] for one in creneaux(simulation, what_if(both, **late))] == [["a.durand", "b.petit"]] * 2
    apart = creneaux(simulation, what_if(both, **late, audience="agent"))
    assert [one["agents"] for one in apart] == [["a.durand"], ["b.petit"]]


def test_only_the_lieux_and_agents_asked_for_are_searched_and_none_of_an_empty_list(simulation: Simulation) -> None:
    world = territory(plages=[plage("p2", "b.petit", THURSDAY, "14:00-15:00", lieu="arras-nord")])
    everywhere = "09:00 10:00 10:30 11:00 11:30 14:00 14:30"
    assert starts(simulation, what_if(world)) == everywhere
    assert starts(simulation, what_if(world, lieux=None, agents=None)) == everywhere
    assert starts(simulation, what_if(world, lieux=["arras-nord"])) == "14:00 14:30"
    assert starts(simulation, what_if(world, agents=["b.petit", "b.petit"])) == "14:00 14:30"
    assert starts(simulation, what_if(world, lieux=["arras-nord"], agents=["a.durand"])) == ""
    assert starts(simulation, what_if(world, lieux=[])) == ""
    assert starts(simulation, what_if(world, agents=[])) == ""


def test_two_agents_together_are_offered_the_time_they_have_in_common(simulation: Simulation) -> None:
    both = territory(plages=[plage("p2", "b.petit", THURSDAY, "10:30-12:00")])
    found = creneaux(simulation, what_if(both, agents=["b.petit", "a.durand"], together=True))
    assert [(one["start"][11:16], one["agents"]) for one in found] == [
        ("10:30", ["a.durand", "b.petit"]),
        ("11:00", ["a.durand", "b.petit"]),
        ("11:30", ["a.durand", "b.petit"]),
    ]
    assert starts(simulation, what_if(both, agents=[], together=True)) == ""


def test_a_public_holiday_closes_a_plage_that_keeps_it(simulation: Simulation) -> None:
    armistice = {"day": "2026-11-11", "now": "2026-11-02T08:00:00+01:00"}
    closed = territory(plages=[plage("p2", "a.durand", "2026-11-11", "09:00-10:00")])
    assert starts(simulation, what_if(closed, **armistice)) == ""
    open_ = territory(plages=[plage("p2", "a.durand", "2026-11-11", "09:00-10:00", fermee_feries=False)])
    assert starts(simulation, what_if(open_, **armistice)) == "09:00 09:30"
    closed["territoire"]["jours_feries"] = None
    assert starts(simulation, what_if(closed, **armistice)) == "09:00 09:30"


def test_the_hour_that_clocks_jump_over_is_not_offered(simulation: Simulation) -> None:
    night = territory(plages=[plage("p2", "a.durand", "2027-03-28", "01:00-04:00")])
    found = creneaux(simulation, what_if(night, day="2027-03-28", now="2027-03-22T08:00:00+01:00"))
    assert [one["start"][11:] for one in found] == [
        "01:00:00+01:00",
        "01:30:00+01:00",
        "03:00:00+02:00",
        "03:30:00+02:00",
    ]


def test_the_hour_that_clocks_repeat_is_offered_once(simulation: Simulation) -> None:
    night = territory(plages=[plage("p2", "a.durand", "2026-10-25", "01:30-03:30")])
    found = creneaux(simulation, what_if(night, day="2026-10-25", now="2026-10-19T08:00:00+02:00"))
    assert [one["start"][11:] for one in found] == [
        "01:30:00+02:00",
        "02:00:00+02:00",
        "02:30:00+02:00",
        "03:00:00+01:00",
    ]


# Follow-ups


FOLLOWED = territory(
    plages=[
        plage("s1", "a.durand", FRIDAY, "09:00-10:00", motifs=["suivi"]),
        plage("s2", "b.petit", FRIDAY, "14:00-15:00", motifs=["suivi"]),
    ]
)


@pytest.mark.parametrize(
    ("query", "offered_at"),
    [
        ({}, ""),
        ({"agents": ["a.durand"]}, ""),
        ({"usager": "mere"}, "09:00 09:30"),
        ({"usager": "pere"}, "14:00 14:30"),
        ({"usager": "lea"}, "09:00 09:30 14:00 14:30"),
        ({"usager": "lea", "agents": ["b.petit"]}, "14:00 14:30"),
        ({"usager": "mere", "agents": ["b.petit"]}, ""),
        ({"usager": "mere", "agents": ["a.durand", "b.petit"], "together": True}, ""),
        ({"usager": "seul"}, ""),
        ({"audience": "agent"}, ""),
        ({"audience": "agent", "agents": ["b.petit"]}, "14:00 14:30"),
        ({"audience": "agent", "usager": "mere"}, "09:00 09:30"),
        ({"audience": "agent", "usager": "mere", "agents": ["b.petit"]}, ""),
    ],
)
def test_a_follow_up_is_with_the_referents_and_never_an_open_diary(
    simulation: Simulation, query: Json, offered_at: str
) -> None:
    assert starts(simulation, what_if(FOLLOWED, day=FRIDAY, motif="suivi", **query)) == offered_at


# What a territory may leave out, and what it may hold


def test_a_minimal_what_if_is_short() -> None:
    line = (
        b'{"territory": {"lieux": [{"ref": "l"}], "agents": [{"ref": "a", "service": "pmi"}],'
        b' "motifs": [{"ref": "m", "service": "pmi"}],'
        b' "plages": [{"agent": "a", "lieu": "l", "premier_jour": "2026-11-26", "debut": "09:00", "fin": "10:00",'
        b' "motifs": ["m"]}]},'
        b' "now": "2026-11-19T10:00:00+01:00", "query": {"motif": "m", "from": "2026-11-26", "to": "2026-11-26"}}'
    )
    code, (answer,), _ = run(line)
    assert (code, [one["start"][11:16] for one in answer["creneaux"]]) == (0, ["09:00", "09:30"])


def test_organisations_may_be_missing_where_others_name_them(simulation: Simulation) -> None:
    world = territory()
    del world["organisations"], world["territoire"]
    world["lieux"].append({"ref": "lens", "organisation": "mds-lens"})
    assert starts(simulation, what_if(world, first=1)) == "09:00"


def test_an_organisation_that_could_be_either_is_not_chosen(simulation: Simulation) -> None:
    world = territory(organisations=[{"ref": "mds-lens"}], lieux=[{"ref": "lens"}])
    assert errors(simulation, what_if(world)) == ["territory.lieux[2].organisation: is required"]


def test_every_list_may_be_missing_until_the_query_names_what_it_holds(simulation: Simulation) -> None:
    assert errors(simulation, what_if({})) == ["query.motif: no motif is called 'consult-pmi'"]
    assert starts(simulation, what_if({"motifs": [{"ref": "consult-pmi", "service": "pmi"}]})) == ""


def test_what_is_written_is_never_replaced(simulation: Simulation) -> None:
    world = territory()
    world["lieux"][0]["organisation"] = "mds-lille"
    assert errors(simulation, what_if(world)) == [
        "territory.lieux[0].organisation: unknown organisation mds-lille",
    ]


def test_rdvs_of_one_agent_may_overlap_and_take_their_time_once(simulation: Simulation) -> None:
    taken = {"motif": "consult-pmi", "agents": ["a.durand"], "lieu": "arras-sud"}
    overbooked = territory(
        rdvs=[
            {**taken, "ref": "r2", "debut": f"{THURSDAY}T09:30"},
            {**taken, "ref": "r3", "debut": f"{THURSDAY}T09:45", "duree_min": 60},
        ]
    )
    assert starts(simulation, what_if(overbooked)) == "09:00 10:45 11:15"


def test_a_plage_without_lieu_serves_those_who_come_nowhere(simulation: Simulation) -> None:
    world = territory()
    world["motifs"].append({"ref": "appel", "service": "pmi", "type": "telephone", "delai_min_min": 60})
    world["plages"][0] |= {"lieu": None, "motifs": ["consult-pmi", "appel"]}
    assert starts(simulation, what_if(world)) == ""
    assert starts(simulation, what_if(world, motif="appel", first=2)) == "09:00 10:00"


# What is refused


def test_a_bad_line_is_answered_by_its_errors_and_stops_no_other() -> None:
    good = what_if(first=1)
    code, answers, told = run(jsonl(good) + b"\n{\n" + jsonl(what_if(motif="x", usager="y"), good))
    assert code == 2
    assert ["creneaux" in answer for answer in answers] == [True, False, False, True]
    assert answers[2] == {"errors": ["query.motif: no motif is called 'x'", "query.usager: no usager is called 'y'"]}
    assert told[0].startswith("line 3: line: Expecting property name")
    assert told[1:] == [f"line 4: {error}" for error in answers[2]["errors"]]


def test_every_error_of_a_line_is_told_at_once(simulation: Simulation) -> None:
    bad = what_if(
        territory(plages=[plage("p2", "x", FRIDAY, "12:00-09:00", recurrence="FREQ=SECONDLY")], plagse=[]),
        now="2026-11-19T10:00:00",
        first=0,
        audience="public",
        fist=3,
    )
    bad["colour"] = "red"
    assert errors(simulation, bad) == [
        "territory.plages[1].agent: unknown agent x",
        "territory.plages[1].fin: must be after debut (12:00)",
        "territory.plages[1].recurrence: FREQ=SECONDLY is not understood (write DAILY, WEEKLY, MONTHLY or YEARLY)",
        "territory.plagse: unknown field (did you mean plages?)",
        "now: must be an instant with its offset, like 2026-11-19T10:00:00+01:00",
        "query.first: must be at least 1",
        "query.audience: must be 'usager' or 'agent'",
        "query.fist: unknown field (did you mean first?)",
        "colour: unknown field",
    ]


def test_sound_fields_of_a_query_are_looked_up_beside_its_wrong_ones(simulation: Simulation) -> None:
    assert errors(simulation, what_if(motif="x", lieux=["arras-sud", "y"], agents=["z"], first=-1)) == [
        "query.motif: no motif is called 'x'",
        "query.lieux[1]: no lieu is called 'y'",
        "query.agents[0]: no agent is called 'z'",
        "query.first: must be at least 1",
    ]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"from": FRIDAY, "to": THURSDAY}, "query.to: is before query.from"),
        ({"from": f"{THURSDAY}T10:00:00Z", "to": f"{THURSDAY}T10:00:00+01:00"}, "query.to: is before query.from"),
        ({"to": "9999-12-31"}, "query.to: must be between 1900 and 2200"),
        ({"from": "0001-01-01T00:00:00+14:00"}, "query.from: must be between 1900 and 2200"),
        ({"to": "2026-02-30"}, "query.to: is not a day of the calendar"),
        ({"to": "demain"}, "query.to: must be an instant with its offset, like 2026-11-19T10:00:00+01:00"),
        ({"to": 20261126}, "query.to: must be an instant with its offset, like 2026-11-19T10:00:00+01:00"),
        ({"to": None}, "query.to: is required"),
        ({"motif": None}, "query.motif: is required"),
        ({"motif": "\ud800"}, "query.motif: must not hold half a character"),
        ({"first": True}, "query.first: must be a whole number"),
        ({"first": 1.5}, "query.first: must be a whole number"),
        ({"lieux": "arras-sud"}, "query.lieux: must be a list"),
        ({"together": "yes"}, "query.together: must be true or false"),
        ({"together": True}, "query.together: needs query.agents: who is to be free together"),
        ({"audience": "agent", "to": "2036-11-26"}, "query.to: must be at most 732 days after now"),
    ],
)
def test_a_query_that_means_nothing_is_refused(simulation: Simulation, query: Json, says: str) -> None:
    assert errors(simulation, what_if(**query)) == [says]


def test_an_usager_may_look_as_far_as_they_like_and_sees_what_the_delays_let_them(simulation: Simulation) -> None:
    assert starts(simulation, what_if(to="2199-12-31", first=10**30)).startswith("09:00 10:00")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"[]", "line: must be an object with named fields"),
        (b"3", "line: must be an object with named fields"),
        (b"null", "line: must be an object with named fields"),
        (b"\xff\xfe{}", "line: must be UTF-8 text"),
        (b'{"now": 1, "now": 2}', "line: the field now is written twice in one object"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "line: the field ? is written twice in one object"),
        (b'{"now": NaN}', "line: NaN is not a number"),
        (b'{"now": ' + b"9" * 5000 + b"}", "line: Exceeds the limit (4300 digits) for integer string conversion"),
        (b"[" * 100_000, "line: is nested too deep"),
        (b'{"territory": ' + b"[" * 900 + b"]" * 900 + b"}", "territory: must be an object with named fields"),
        (b" " * LONGEST_LINE + b"{}", f"line: must be at most {LONGEST_LINE} bytes long"),
    ],
)
def test_a_line_that_says_nothing_is_refused(simulation: Simulation, line: bytes, says: str) -> None:
    assert errors(simulation, line)[0].startswith(says)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({}, ["territory: is required", "now: is required", "query: is required"]),
        (
            {"territory": [], "now": None, "query": "x"},
            [
                "territory: must be an object with named fields",
                "now: is required",
                "query: must be an object with named fields",
            ],
        ),
        (
            what_if({"plages": {}, "motifs": [3], "organisations": [None], "territoire": 62}),
            [
                "territory.plages: must be a list",
                "territory.motifs[0]: must be an object with named fields",
                "territory.organisations[0]: is required",
                "territory.territoire: must be an object with named fields",
            ],
        ),
        (
            what_if(territory(lieux=[{"ref": "arras-sud"}])),
            ["territory.lieux[2].ref: already used by lieux[0]"],
        ),
    ],
)
def test_what_has_not_its_shape_is_named(simulation: Simulation, line: Json, says: list[str]) -> None:
    assert errors(simulation, line) == says


def test_a_line_that_is_wrong_in_many_thousand_places_takes_a_moment(simulation: Simulation) -> None:
    many = {f"champ{number}": number for number in range(40_000)}
    twice = plage("p2", "a.durand", FRIDAY, "09:00-10:00", motifs=["consult-pmi"] * 80_000)
    started = thread_time()
    assert len(errors(simulation, what_if(many))) == 40_000
    assert len(errors(simulation, what_if(territory(plages=[twice])))) == 79_999
    assert thread_time() - started < 10


def test_a_recurrence_without_end_costs_what_is_asked_of_it(simulation: Simulation) -> None:
    daily = "FREQ=DAILY;COUNT=9999"
    endless = plage("p2", "b.petit", "2010-01-01", "00:00-23:59", recurrence=daily, fermee_feries=False)
    line = what_if({**territory(), "plages": [endless]}, audience="agent", to="2028-11-01", first=2)
    started = thread_time()
    assert starts(simulation, line) == "00:00 00:30"
    assert thread_time() - started < 5


def test_a_line_too_long_is_not_kept_whole_and_the_next_is_read() -> None:
    code, (refused, answered), told = run(b"x" * (2 * LONGEST_LINE + 5) + b"\n" + jsonl(what_if(first=1)))
    assert refused == {"errors": [f"line: must be at most {LONGEST_LINE} bytes long"]}
    assert (code, told) == (2, [f"line 1: line: must be at most {LONGEST_LINE} bytes long"])
    assert len(answered["creneaux"]) == 1


# As a process


def test_lines_may_begin_with_a_byte_order_mark_and_may_be_blank() -> None:
    line = jsonl(what_if(first=1))
    code, answers, _ = run(b"\xef\xbb\xbf" + line + b"\r\n   \n" + line.rstrip())
    assert (code, len(answers)) == (0, 2)


def test_nothing_in_gives_nothing_out() -> None:
    assert run(b"") == (0, [], [])


@pytest.mark.parametrize("url", [None, "postgresql+psycopg://nobody@127.0.0.1:1/none", "nonsense"])
def test_each_answer_comes_at_once_whatever_the_database(url: str | None, tmp_path: Any) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env |= {"PYTHONPATH": os.pathsep.join(sys.path)} | ({"DATABASE_URL": url} if url else {})
    command = [sys.executable, "-c", "from bot.cli import main; main()", "simulate"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=tmp_path) as rdv:
        assert rdv.stdin
        assert rdv.stdout
        for _ in range(2):
            rdv.stdin.write(jsonl(what_if(first=1)))
            rdv.stdin.flush()
            assert json.loads(rdv.stdout.readline())["creneaux"][0]["start"] == "2026-11-26T09:00:00+01:00"
        rdv.stdin.close()
        assert rdv.wait() == 0
    assert list(tmp_path.iterdir()) == []


# Against the oracle


def written(district: District) -> Json:
    """The territory file of a district, whose motif is by telephone: a lieu or none will do."""

    def when(rule: Any) -> Json:
        return {
            "agent": f"a{rule.agent_id}",
            "premier_jour": rule.premier_jour.isoformat(),
            "debut": f"{rule.debut:%H:%M}",
            "fin": f"{rule.fin:%H:%M}",
            "recurrence": rule.recurrence,
        }

    motif = {"ref": "m", "service": "pmi", "type": "telephone", "duree_min": district.duree_min}
    return {
        "territoire": {"jours_feries": list(district.feries)},
        "lieux": [{"ref": "l1"}, {"ref": "l2"}],
        "agents": [{"ref": f"a{number}", "service": "pmi"} for number in (1, 2, 3)],
        "motifs": [{**motif, "delai_min_min": 0, "delai_max_min": 500_000}],
        "plages": [
            {
                **when(plage),
                "lieu": plage.lieu_id and f"l{plage.lieu_id}",
                "sauf": list(plage.sauf),
                "fermee_feries": plage.fermee_feries,
                "motifs": ["m"],
            }
            for plage in district.plages
        ],
        "absences": [
            {**when(absence), "dernier_jour": absence.dernier_jour.isoformat()} for absence in district.absences
        ],
        "rdvs": [
            {
                "motif": "m",
                "agents": [f"a{taken.agent_id}"],
                "debut": f"{taken.debut.astimezone(PARIS):%Y-%m-%dT%H:%M}",
                "duree_min": (taken.fin - taken.debut) // timedelta(minutes=1),
            }
            for taken in district.taken
        ],
    }


def asked(district: District, audience: str) -> Json:
    bounds = {"from": district.first.isoformat(), "to": district.last.isoformat()}
    return {
        "territory": written(district),
        "now": district.now.isoformat(),
        "query": {"motif": "m", **bounds, "audience": audience},
    }


def writable(district: District) -> District:
    """Without what a file cannot say: RDVs of an hour that clocks repeat, whose second pass has no local time of its
    own."""
    return replace(district, taken=tuple(taken for taken in district.taken if not taken.debut.astimezone(PARIS).fold))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=districts())
def test_every_district_is_offered_what_the_oracle_says(simulation: Simulation, drawn: District) -> None:
    district = writable(drawn)
    for audience in ("usager", "agent"):
        found = {
            (datetime.fromisoformat(one["start"]).astimezone(UTC), one["lieu"], tuple(one["agents"]))
            for one in creneaux(simulation, asked(district, audience))
        }
        assert found == {
            (start, lieu and f"l{lieu}", tuple(f"a{agent}" for agent in agents))
            for start, lieu, agents in offered(district, by_agent=audience == "agent")
        }
