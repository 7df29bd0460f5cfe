"""The parties in one cell: several names, sides, organisations, phones, all as clerks write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.casework.ledgers.names import ID_NUMBER, PHONE, NameCutter, split_sides, tokens
from desktop.casework.ledgers.numerals import chinese_number
from desktop.casework.ledgers.vocabulary import Vocabulary
from desktop.casework.ledgers.width import half_width, says_nothing

Wire = str | int | bool | list[str]

_AGE = re.compile(r"(\d{1,3})岁")
_COUNT = re.compile(r"等?(\d+|[一二两三四五六七八九十]+)[余多]?(人|户|名|家)$")
_PERSON = re.compile(
    r"[\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]{2,4}"
    r"|[\u4e00-\u9fff]{1,7}(·[\u4e00-\u9fff]{1,7}){1,3}"
    r"|[A-Za-z][A-Za-z .]{1,40}"
)
_ADDRESS = re.compile(r"[村社组镇乡路街号巷区县]")
_HOME = re.compile(r"^.+[镇乡村社组队会道区号](?=[\u4e00-\u9fff]{2,3}$)")
_GROUP = re.compile(r"(第?[一二三四五六七八九十\d]+|本|该)[社组队村]")
_LONGEST_NAME = 80
_INSIDE_NAME = 4
"""A word of a type this near before 公司 or 合作社 is part of a name: 某某物业公司."""


@dataclass(slots=True)
class Party:
    """One party as read: fields by the names of domain.md §8.3, and what is doubtful."""

    fields: dict[str, Wire] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Parties:
    """The parties of one cell; `count` is the number of people it speaks of (张三等5人), 0 when silent."""

    parties: list[Party] = field(default_factory=list)
    count: int = 0
    doubts: list[str] = field(default_factory=list)


class PartyReader:
    """Reads cells that hold parties, with the words and code tables of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        words = vocabulary.words.parties
        self._side_of = {label: side for side, labels in words.labels.items() for label in labels}
        labels = "|".join(sorted(map(re.escape, self._side_of), key=len, reverse=True))
        self._label = re.compile(rf"({labels}|甲(?=\s*:)|乙(?=\s*:))\s*:?")
        self._kind_of = [(end, kind) for kind, ends in words.organisations.items() for end in ends]
        self._kind_of.sort(key=lambda pair: len(pair[0]), reverse=True)
        bodies = (end for end, _ in self._kind_of if len(end) > 1)
        self._body = re.compile("|".join(map(re.escape, bodies)))
        self._ends = words.title_ends

    def read(self, text: str, *, side: str = "") -> Parties:
        """All parties of a cell; `side` (甲, 乙) is given when the column says whose it is."""
        found = Parties()
        if says_nothing(text):
            return found
        cutter = NameCutter(half_width(text))
        for group_side, group in self._groups(cutter.text, side):
            for token in tokens(group):
                self._take(*cutter.name_and_details(token), group_side, found)
        self._settle_sides(found, side)
        return found

    def read_title(self, title: str) -> Parties:
        """The parties named in a dispute's title (张三与李四宅基地纠纷); none when it names none for sure."""
        bare = re.sub(r"\s+", "", half_width(title))
        head = bare[: min(_first(bare, end) for end in (*self._ends, "纠纷", "矛盾"))]
        about = self._vocabulary.first_word("ZZ_TYPE", head)
        body = self._body.search(head, about)
        head = head[: body.end() if body and body.start() - about <= _INSIDE_NAME else about]
        found = self.read(head)
        sure = len(found.parties) > 1 and not any(party.doubts for party in found.parties)
        return found if sure and not found.doubts else Parties()

    def _groups(self, text: str, side: str) -> list[tuple[str, str]]:
        pieces = self._label.split(text)
        if len(pieces) > 1:
            labelled = [(self._side(label), group) for label, group in zip(pieces[1::2], pieces[2::2], strict=True)]
            return [("", pieces[0]), *labelled] if pieces[0].strip() else labelled
        sides = split_sides(text)
        if len(sides) == 2 and not side:
            return [("甲", sides[0]), ("乙", sides[1])]
        return [(side, "、".join(sides))]

    def _side(self, label: str) -> str:
        return self._side_of.get(label, label if label in "甲乙" else "")

    def _take(self, name: str, details: list[str], side: str, found: Parties) -> None:
        count = _COUNT.search(name)
        if count and len(name) > count.end() - count.start():
            found.count = max(found.count, _as_count(count[1]))
            name = name[: count.start()]
        name = name.removesuffix("等")
        if name:
            found.parties.append(self._party(name, side))
        if details and not found.parties:
            found.doubts.append(f"“{details[0][:20]}”前面没有姓名")
            return
        for detail in details:
            self._detail(found.parties[-1], detail)

    def _party(self, name: str, side: str) -> Party:
        party = Party({"side": side} if side else {})
        kind = self._organisation(name)
        home = _HOME.match(name) if not kind and len(name) > 4 else None
        if home:
            party.fields["address"] = home[0]
            name = name[home.end() :]
        party.fields |= {"name": name[:_LONGEST_NAME], "kind": kind or "自然人"}
        if not kind and not _PERSON.fullmatch(name):
            party.doubts.append(f"“{name[:20]}”看着不像一个人名，照原样记下了")
        return party

    def _organisation(self, name: str) -> str:
        """法人 or 其他组织 by what the name ends in; "" for a person. 刘金村 is a person, 一社 is not."""
        if _GROUP.fullmatch(name):
            return "其他组织"
        ends = (kind for end, kind in self._kind_of if name.endswith(end) and len(name) >= _least(end))
        return next(ends, "")

    def _detail(self, party: Party, detail: str) -> None:
        """One held piece: a phone, an ID number, or what stood in brackets."""
        phone, identity = PHONE.fullmatch(detail), ID_NUMBER.fullmatch(detail)
        if identity:
            party.fields |= {"id_type": "111", "id_no": identity[1].upper()}
        elif phone:
            number = re.sub(r"\s", "", phone[1])
            party.fields["phone"] = number if number.startswith("0") else number.replace("-", "")
        else:
            for piece in re.split(r"[,;、\s]+", detail):
                self._piece(party, piece)

    def _piece(self, party: Party, piece: str) -> None:
        phone, identity, age = PHONE.fullmatch(piece), ID_NUMBER.fullmatch(piece), _AGE.fullmatch(piece)
        if phone or identity:
            self._detail(party, piece)
        elif age:
            party.fields["age"] = int(age[1])
        elif piece in {"男", "女"}:
            party.fields["sex"] = self._vocabulary.by_name("SEX", piece) or piece
        elif ethnic := self._vocabulary.by_name("ETHNIC", piece):
            party.fields["ethnic"] = ethnic
        elif side := self._side_of.get(piece):
            party.fields["side"] = side
        elif _ADDRESS.search(piece) and len(piece) > 1:
            party.fields["address"] = piece
        elif piece:
            party.doubts.append(f"“{piece[:20]}”没认出是什么")

    @staticmethod
    def _settle_sides(found: Parties, side: str) -> None:
        """Names in a row without sides: the first is taken as 甲, the others as 乙."""
        loose = [party for party in found.parties if "side" not in party.fields]
        for party in loose:
            party.fields["side"] = side or ("甲" if party is found.parties[0] else "乙")
        if len(loose) > 2 and not side:
            found.doubts.append("没写谁是哪一方，头一个当甲方，其余当乙方")


def _least(end: str) -> int:
    """How long a name must be to be an organisation by this ending."""
    return 4 if len(end) == 1 else len(end)


def _as_count(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_number(text) or 0


def _first(text: str, word: str) -> int:
    return text.find(word) if word in text else len(text)
