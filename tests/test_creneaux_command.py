"""`rdv creneaux`, as scripts rely on it: the free slots an usager would be offered, and why one is not."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from booking import territoire
from booking.db import connect, sessions_of, transaction
from bot.cli import main
from tests.databases import Databases
from tests.worlds import NOW, vendredi_matin

PMI = ("--motif", "consult-pmi")
MONDAY = ("--from", "2026-11-23", "--to", "2026-11-23")
THURSDAY = ("--from", "2026-11-26", "--to", "2026-11-26")


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.copy_of("sqlite", "vendredi_matin")


def run(url: str, *arguments: str, now: str = NOW.isoformat()) -> tuple[int, str, list[str]]:
    """The exit code, stdout, and the lines of stderr."""
    command = ["creneaux", *arguments, "--now", now]
    result = CliRunner().invoke(main, command, env={"DATABASE_URL": url, "REDIS_URL": None}, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr.splitlines()


def lines(url: str, *arguments: str, **rest: str) -> list[dict[str, Any]]:
    code, stdout, errors = run(url, *arguments, "--json", **rest)
    assert (code, errors) == (0, [])
    return [json.loads(line) for line in stdout.splitlines()]


def starts(url: str, *arguments: str, **rest: str) -> list[str]:
    return [line["start"][11:16] for line in lines(url, *arguments, **rest)]


def nothing(url: str, *arguments: str, **rest: str) -> str:
    """The one sentence on stderr where there is no créneau."""
    code, stdout, said = run(url, *arguments, "--json", **rest)
    assert (code, stdout, len(said)) == (0, "", 1)
    return said[0]


def test_a_creneau_has_exactly_the_keys_of_the_contract_in_local_time(databases: Databases, kind: str) -> None:
    url = databases.copy_of(kind, "vendredi_matin")
    assert lines(url, *PMI, *MONDAY) == [
        {
            "start": "2026-11-23T09:00:00+01:00",
            "end": "2026-11-23T09:30:00+01:00",
            "lieu": "arras-sud",
            "agents": ["a.durand"],
        },
        {
            "start": "2026-11-23T09:30:00+01:00",
            "end": "2026-11-23T10:00:00+01:00",
            "lieu": "arras-sud",
            "agents": ["a.durand"],
        },
    ]


def test_agents_free_at_once_come_by_ref_and_as_agent_apart(databases: Databases) -> None:
    url = databases.copy_of("sqlite", "deux_agents_au_meme_creneau")
    assert [line["agents"] for line in lines(url, *PMI, *MONDAY, "--first", "2")] == [
        ["a.durand", "c.roy"],
        ["a.durand"],
    ]
    apart = lines(url, *PMI, *MONDAY, "--first", "2", "--as-agent")
    assert [line["agents"] for line in apart] == [["a.durand"], ["c.roy"]]


def test_a_creneau_by_telephone_has_no_lieu(url: str) -> None:
    (line,) = lines(url, "--motif", "budget", "--from", "2026-11-24", "--to", "2026-11-24", "--first", "1")
    assert line["lieu"] is None


def test_creneaux_come_by_start_then_by_lieu(url: str) -> None:
    found = lines(url, "--motif", "social", *MONDAY)
    order = [(line["start"], line["lieu"]) for line in found]
    assert order == sorted(order)
    assert {lieu for _, lieu in order} == {"arras-nord", "arras-sud"}


def test_bounds_are_days_or_instants_both_included(url: str) -> None:
    assert starts(url, *PMI, *THURSDAY) == [
        "09:00",
        "10:00",
        "10:30",
        "11:00",
        "11:30",
        "14:00",
        "14:30",
        "15:00",
        "15:30",
    ]
    bounds = ("--from", "2026-11-26T10:00:00+01:00", "--to", "2026-11-26T10:00:00Z")
    assert starts(url, *PMI, *bounds) == ["10:00", "10:30", "11:00"]


def test_only_the_lieux_and_agents_asked_for_are_searched(url: str) -> None:
    social = ("--motif", "social", *MONDAY)
    nord, petit = lines(url, *social, "--lieu", "arras-nord"), lines(url, *social, "--agent", "b.petit")
    assert {line["lieu"] for line in nord} == {"arras-nord"}
    assert {ref for line in petit for ref in line["agents"]} == {"b.petit"}
    both = lines(url, *social, "--agent", "b.petit", "--agent", "c.roy")
    assert both == lines(url, *social)
    assert nothing(url, *social, "--lieu", "arras-nord", "--agent", "b.petit")


def test_an_agents_search_has_no_delays(url: str) -> None:
    early = "2026-11-23T08:45:00+01:00"
    assert nothing(url, *PMI, *MONDAY, now=early)
    assert starts(url, *PMI, *MONDAY, "--as-agent", now=early) == ["09:00", "09:30"]


def test_a_follow_up_is_offered_with_the_agents_named_and_never_as_an_open_diary(url: str) -> None:
    suivi = ("--motif", "suivi", "--from", "2026-11-25", "--to", "2026-11-25")
    assert "nommez un référent" in nothing(url, *suivi)
    assert starts(url, *suivi, "--first", "2", "--agent", "b.petit") == ["09:00", "09:30"]


def test_a_follow_up_is_offered_with_the_referents_of_the_usager_and_of_who_answers_for_them(
    databases: Databases, kind: str
) -> None:
    url = databases.copy_of(kind, "suivie")
    suivi = ("--motif", "suivi", "--from", "2026-11-25", "--to", "2026-11-25", "--first", "1")
    for ref in ("marie", "lea"):
        assert [line["agents"] for line in lines(url, *suivi, "--usager", ref)] == [["b.petit"]]
    assert nothing(url, *suivi, "--usager", "marie", "--agent", "a.durand")
    assert starts(url, *suivi, "--usager", "marie", "--agent", "a.durand", "--agent", "b.petit") == ["09:00"]
    both = ("--usager", "marie", "--together", "--agent", "a.durand", "--agent", "b.petit")
    assert nothing(url, *suivi, *both)


def test_a_follow_up_for_somebody_without_a_referent_is_offered_to_nobody(url: str) -> None:
    suivi = ("--motif", "suivi", "--usager", "marie")
    assert "nommez un référent" in nothing(url, *suivi, "--from", "2026-11-25", "--to", "2026-11-25")
    (reason,) = lines(url, *suivi, "--explain", "2026-11-25T09:00:00+01:00")
    assert reason["regle"] == "suivi"


def test_an_usager_changes_nothing_where_there_is_no_follow_up(url: str) -> None:
    assert lines(url, *PMI, *MONDAY, "--usager", "marie") == lines(url, *PMI, *MONDAY)


def test_together_is_the_time_that_the_agents_have_in_common(databases: Databases) -> None:
    url = databases.copy_of("sqlite", "deux_agents_au_meme_creneau")
    both = ("--together", "--agent", "c.roy", "--agent", "a.durand")
    found = lines(url, *PMI, *MONDAY, *both)
    assert [(line["start"][11:16], line["agents"]) for line in found] == [("09:00", ["a.durand", "c.roy"])]


def test_siblings_are_received_one_after_the_other(databases: Databases) -> None:
    url = databases.copy_of("sqlite", "deux_agents_au_meme_creneau")
    found = lines(url, *PMI, *MONDAY, "--in-a-row", "2")
    assert {(line["start"][11:16], line["end"][11:16]) for line in found} >= {("09:00", "10:00")}
    assert {ref for line in found for ref in line["agents"]} == {"a.durand"}


def test_a_search_that_finds_nothing_says_why_on_stderr_alone(url: str) -> None:
    tuesday = ("--from", "2026-11-24", "--to", "2026-11-24")
    assert run(url, *PMI, *tuesday) == (
        0,
        "",
        ["Aucune plage de « Consultation PMI » n'est ouverte le mardi 24/11/2026 ; la prochaine le jeudi 26/11/2026."],
    )
    assert run(url, *PMI, *tuesday, "--json") == run(url, *PMI, *tuesday)


def test_without_json_a_creneau_is_a_line_for_people(url: str) -> None:
    assert run(url, *PMI, *MONDAY, "--first", "1") == (0, "2026-11-23 09:00  arras-sud  a.durand\n", [])


def test_an_instant_is_explained_by_the_rule_and_the_object_behind_it(databases: Databases, kind: str) -> None:
    url = databases.copy_of(kind, "vendredi_matin")
    assert lines(url, *PMI, "--explain", "2026-11-23T09:30:00Z") == [
        {
            "start": "2026-11-23T10:30:00+01:00",
            "offert": False,
            "regle": "absence",
            "texte": "Absence « Formation » de A. Durand jusqu'à 12 h.",
            "agent": "a.durand",
            "lieu": "arras-sud",
        }
    ]


@pytest.mark.parametrize(
    ("instant", "options", "regle"),
    [
        ("2026-11-23T09:30:00+01:00", (), "offert"),
        ("2026-11-26T09:30:00+01:00", (), "rdv"),
        ("2026-11-26T09:10:00+01:00", (), "rdv"),
        ("2026-11-26T14:10:00+01:00", (), "grille"),
        ("2026-11-26T15:45:00+01:00", (), "trop_court"),
        ("2026-11-26T13:00:00+01:00", (), "hors_plage"),
        ("2026-11-24T09:00:00+01:00", (), "hors_plage"),
        ("2026-11-20T10:30:00+01:00", (), "delai_min"),
        ("2026-11-20T10:30:00+01:00", ("--as-agent",), "hors_plage"),
        ("2027-11-22T09:00:00+01:00", (), "delai_max"),
        ("2026-11-20T09:00:00+01:00", (), "passe"),
        ("2026-10-25T09:00:00+01:00", (), "passe"),
        ("2029-11-22T09:00:00+01:00", ("--as-agent",), "horizon"),
        ("2026-11-23T09:30:00+01:00", ("--lieu", "arras-nord"), "hors_plage"),
    ],
)
def test_each_rule_answers_for_its_instants(url: str, instant: str, options: tuple[str, ...], regle: str) -> None:
    (reason,) = lines(url, *PMI, *options, "--explain", instant)
    assert (reason["regle"], reason["offert"]) == (regle, regle == "offert")


def test_a_follow_up_without_an_agent_is_explained(url: str) -> None:
    (reason,) = lines(url, "--motif", "suivi", "--explain", "2026-11-25T09:00:00+01:00")
    assert reason["regle"] == "suivi"


def test_an_instant_is_shown_in_the_local_time_that_clocks_show(url: str) -> None:
    (reason,) = lines(url, *PMI, "--explain", "2027-03-28T02:30:00+01:00", "--as-agent")
    assert reason["start"] == "2027-03-28T03:30:00+02:00"


def test_every_error_is_told_at_once(url: str) -> None:
    bad = (
        "--motif",
        "pmi",
        "--lieu",
        "lens",
        "--lieu",
        "arras-sud",
        "--agent",
        "x",
        "--agent",
        "y",
        "--usager",
        "z",
        "--to",
        "2026-11-23",
    )
    assert run(url, *bad) == (
        2,
        "",
        [
            "--motif: no motif is called 'pmi'",
            "--lieu: no lieu is called 'lens'",
            "--agent: no agent is called 'x'",
            "--agent: no agent is called 'y'",
            "--usager: no usager is called 'z'",
            "--from: required without --explain",
        ],
    )


@pytest.mark.parametrize(
    "arguments",
    [
        MONDAY,
        (*PMI, "--from", "2026-11-23"),
        (*PMI, "--from", "lundi", "--to", "2026-11-23"),
        (*PMI, *MONDAY, "--first", "0"),
        (*PMI, *MONDAY, "--in-a-row", "0"),
        (*PMI, *MONDAY, "--in-a-row", "1000000000000"),
        (*PMI, "--explain", "2026-11-23"),
        (*PMI, "--explain", "2026-11-23T09:00:00"),
    ],
    ids=" ".join,
)
def test_a_bad_argument_is_refused(url: str, arguments: tuple[str, ...]) -> None:
    code, stdout, errors = run(url, *arguments)
    assert (code, stdout) == (2, "")
    assert errors


def beside_another(url: str) -> str:
    """The database of `url`, with a second territoire that uses the same references and one motif more."""
    world = vendredi_matin()
    world["territoire"]["ref"] = "59"
    world["organisations"][0]["numeros_sms"] = ["+33938000002"]
    world["motifs"].append({**world["motifs"][0], "ref": "du-nord"})
    world["plages"][0]["motifs"] = ["du-nord"]
    engine = connect(url)
    with transaction(sessions_of(engine)) as session:
        territoire.load(session, world, NOW)
    engine.dispose()
    return url


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("--from", "2026-11-23", "--to", "2026-11-22"),
            "--to: 2026-11-22 is before --from (2026-11-23): swap them",
        ),
        (
            ("--from", "2026-11-23T10:00:00+01:00", "--to", "2026-11-23T08:59:00Z"),
            "--to: 2026-11-23T08:59:00+00:00 is before --from (2026-11-23T10:00:00+01:00): swap them",
        ),
        (("--from", "2026-11-23", "--to", "9999-12-31"), "--to: 9999-12-31 must be between 1900 and 2200"),
        (
            ("--from", "0001-01-01T00:00:00+14:00", "--to", "2026-11-23"),
            "--from: 0001-01-01T00:00:00+14:00 must be between 1900 and 2200",
        ),
        (
            ("--explain", "9999-12-31T23:59:00-12:00"),
            "--explain: 9999-12-31T23:59:00-12:00 must be between 1900 and 2200",
        ),
        ((*MONDAY, "--together"), "--together: name at least two agents with --agent"),
        (
            (*MONDAY, "--together", "--agent", "a.durand", "--agent", "a.durand"),
            "--together: name at least two agents with --agent",
        ),
        (
            ("--explain", "2026-11-23T09:00:00+01:00", "--in-a-row", "2"),
            "--explain: answers for one créneau of one agent, without --together or --in-a-row",
        ),
    ],
)
@pytest.mark.parametrize("audience", [(), ("--as-agent",)])
def test_what_cannot_be_is_refused_with_what_to_do(
    url: str, arguments: tuple[str, ...], says: str, audience: tuple[str, ...]
) -> None:
    assert run(url, *PMI, *arguments, *audience) == (2, "", [says])


def test_a_clock_out_of_reach_is_refused(url: str) -> None:
    said = "--now: 9999-12-31T00:00:00+00:00 must be between 1900 and 2200"
    assert run(url, *PMI, *MONDAY, now="9999-12-31T00:00:00+00:00") == (2, "", [said])


def test_the_last_day_that_agents_search_is_the_one_they_are_told(url: str) -> None:
    far = ("--from", "2028-11-20", "--as-agent", "--to")
    said = "--to: at most 732 days ahead are searched: write 2028-11-20 or before"
    assert run(url, *PMI, *far, "2028-11-21") == (2, "", [said])
    assert run(url, *PMI, *far, "2036-11-21") == (2, "", [said])
    assert starts(url, *PMI, *far, "2028-11-20")


def test_an_usager_may_look_ten_years_ahead_and_sees_what_the_delays_leave(url: str) -> None:
    found = starts(url, *PMI, "--from", "2026-11-23", "--to", "2036-11-23")
    assert found == starts(url, *PMI, "--from", "2026-11-23", "--to", "2027-12-31")


def test_any_number_of_creneaux_may_be_asked_for(url: str) -> None:
    assert starts(url, *PMI, *MONDAY, "--first", str(10**30)) == ["09:00", "09:30"]


def test_a_motif_that_two_territoires_share_is_refused(url: str) -> None:
    assert run(beside_another(url), *PMI, *MONDAY) == (
        2,
        "",
        ["--motif: 2 territoires have a motif called 'consult-pmi'"],
    )


def test_lieux_and_agents_are_those_of_the_territoire_of_the_motif(url: str) -> None:
    nord = ("--motif", "du-nord", "--lieu", "arras-sud", "--agent", "a.durand")
    assert starts(beside_another(url), *nord, *MONDAY) == ["09:00", "09:30"]
