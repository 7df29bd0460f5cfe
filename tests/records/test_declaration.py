"""The declaration holds together: codes exist, references point somewhere, nothing forbidden is kept."""

import random
import re

import pytest

from sync.records import CHILDREN, RECORD_TYPES, Field, RecordType, codes
from sync.records.ids import uuid7
from sync.records.sample import sample
from sync.records.validate import complaints

FORBIDDEN = re.compile(
    "diagnos|onset|medicine|medical|risk_grade|risk_level|criminal|offence|portrait|face|fingerprint|track|gps|score"
    "|rank|religion|诊断|危险等级|肇事|肇祸|病历|用药名|评分|积分|轨迹|打卡|指标数"
)
ALL = [(kind, field) for kind in RECORD_TYPES.values() for field in kind.fields]
PARTS = [(kind, part) for kind, field in ALL for part in field.parts]


def make_ids(source: random.Random):
    return lambda: uuid7(1_790_000_000_000, source.randbytes)


@pytest.mark.parametrize("kind", RECORD_TYPES.values(), ids=lambda k: k.name)
def test_a_sample_of_every_type_obeys_its_own_declaration(kind: RecordType) -> None:
    source = random.Random(7)
    given = {kind.keyed_by: "620802107204"} if kind.keyed_by else {}
    record = sample(kind, source, ids=make_ids(source), **given)
    assert [c for c in complaints(kind, record) if c.level == "error"] == []


@pytest.mark.parametrize(("kind", "field"), ALL + PARTS, ids=lambda x: x.name)
def test_every_field_has_words_and_its_codes_and_targets_exist(kind: RecordType, field: Field) -> None:
    assert field.label
    if field.codes:
        assert codes.table(field.codes).items
    if field.refers:
        assert field.refers in RECORD_TYPES
    if field.kind in ("text", "long_text"):
        assert field.limit > 0


@pytest.mark.parametrize(("kind", "field"), ALL + PARTS, ids=lambda x: x.name)
def test_no_type_holds_a_forbidden_field(kind: RecordType, field: Field) -> None:
    assert not FORBIDDEN.search(field.name)
    assert not FORBIDDEN.search(field.label)


def test_no_field_has_a_default_value() -> None:
    assert not hasattr(Field, "default"), "outcomes and satisfaction are never filled in beforehand"


def test_children_name_their_parent_and_share_its_place() -> None:
    for kind in RECORD_TYPES.values():
        assert bool(kind.parent) != bool(kind.place)
        if kind.parent:
            assert kind.by_name[kind.parent].refers == kind.parent_type
    assert {k.name for k in CHILDREN["dispute"]} == {
        "party", "session", "agreement", "follow_up", "supplement", "attachment"
    }  # fmt: skip


def test_the_dictionary_of_domain_md_is_covered() -> None:
    """Fields of domain.md §8.1-8.6 by their names there (ids and conventions of §8 apart)."""
    wanted = {
        "dispute": "matter_code title found_date happen_date place_code place_text grid_id source found_by "
        "first_contact_id first_contact_at zz_type rmtj_type month_row scale people_count amount_cents unit_involved "
        "summary claims difficulty risk flag_violence flag_dv flag_minor flag_elsewhere closed_session status "
        "accept_date refuse_reason refuse_told_at org_id host_mediator_id co_mediator_ids deadline extended_to "
        "extension_consent_at resp_unit resp_person leader_in_charge resolve_way resolve_level end_reason end_date "
        "end_note is_success prevented special_groups migrant_worker dossier_no retention merged_into",
        "party": "dispute_id seq side kind name sex ethnic birth_date occupation phone address id_type id_no "
        "credit_code legal_rep is_minor guardian_party_id agent_name agent_letter_id rights_told_at rights_told_by "
        "rights_told_form consent_mediation privacy_notice_at",
        "session": "dispute_id seq kind start_at end_at place mediators recorder parties_present others respondent "
        "rights_told body result next_at signed scan_ids",
        "agreement": "dispute_id form agreement_no facts issues liability items obligations amount_cents copies "
        "party_marks mediator_mark_date seal_date recorder effective_date confirm_deadline confirm_state court "
        "confirm_applied_at confirm_ruled_at ruling_no confirm_bar performance",
        "follow_up": "dispute_id agreement_id kind planned_date done_date way respondent performance satisfaction "
        "left_over_risk sued content measures",
    }
    for name, fields in wanted.items():
        assert set(fields.split()) <= set(RECORD_TYPES[name].by_name), name
