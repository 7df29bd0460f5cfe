"""The road without a line: writing a stick for the district, reading its receipt, carrying other desks' sticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes.change_log import moment_of
from desktop.casework.errors import CaseworkError
from desktop.casework.exchange import carrier_words as words
from desktop.casework.exchange import status
from desktop.casework.exchange.rounds import AGREED, HALTS, RoundResult
from desktop.store import KeptParcel, KeptStick, ManyStruck
from sync.client.carrier import Keyless, Packed, Read
from sync.client.replica import PullTooLarge, Taken
from sync.protocol import carrier_folder, limits
from sync.protocol.carrier import Label, Unfit, read_label
from sync.protocol.carrier_folder import NoCarrier
from sync.protocol.errors import Halted

PARCELS_WAITING = 50
"""Other desks' pouches carried at once; then an exchange comes first."""

Kind: TypeAlias = Literal["taken", "known", "parcel", "own", "elsewhere", "unfit", "trouble"]


class CarrierTrouble(CaseworkError):
    """A stick that could not be written or read; nothing is lost."""


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """How the road without a line stands.

    waiting: records not yet with the district. last: about the stick written last, one sentence. unanswered:
    that one holds changes nobody has answered. parcels: other desks' pouches to hand to the district.
    receipts: answers to those, to be written onto a stick. rejected: pouches the district could not take, in words.
    """

    waiting: int
    last: str
    unanswered: bool
    parcels: int
    receipts: int
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A stick that was written: the file, how many changes it holds and how many are left for the next, receipts."""

    file: Path
    serial: int
    changes: int
    left: int
    size_bytes: int
    receipts: tuple[Path, ...] = ()

    @property
    def sentence(self) -> str:
        """What to say."""
        held = f"写好了，{self.changes} 处改动在里头" if self.changes else "写好了。没有要传的，这份只用来取回区里的"
        left = f"还有 {self.left} 处装不下，读了回执再写一份。" if self.left else ""
        also = f"另有 {len(self.receipts)} 份回执，交给原来的电脑。" if self.receipts else ""
        return f"{held}。{left}{also}拔下来，送到区里或镇里。"


@dataclass(frozen=True, slots=True)
class StickLine:
    """One file on a stick and what came of it. kind "taken" a receipt read, "parcel" taken along for the district."""

    file: str
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class ReadStick:
    """Everything found on a stick. taken: what the receipts brought. pull_too_large: (leaving, held) to agree to."""

    lines: tuple[StickLine, ...]
    agreed: bool = False
    taken: Taken = field(default_factory=Taken)
    pull_too_large: tuple[int, int] | None = None

    @property
    def sentence(self) -> str:
        """What to say: what counts most comes first."""
        order: tuple[Kind, ...] = ("trouble", "taken", "parcel", "unfit", "known", "elsewhere", "own")
        best = min(self.lines, key=lambda line: order.index(line.kind))
        if best.kind == "parcel":
            count = sum(line.kind == "parcel" for line in self.lines)
            return f"收下了 {count} 份别的电脑的件。下次和区里传的时候一起带去，里头写的这里谁也看不见。"
        return best.words if best.kind in ("trouble", "taken", "own") else f"“{best.file}”{best.words}。"

    def as_round(self) -> RoundResult:
        """The same as an exchange by any road, for those who only want to know that there was one."""
        taken = self.taken
        return RoundResult(
            "agreed" if self.agreed else "cut", self.sentence,
            taken.applied, taken.received, taken.refused, taken.clashes, taken.records,
        )  # fmt: skip

    @property
    def is_good(self) -> bool:
        """Whether anything was taken, and nothing went wrong."""
        kinds = {line.kind for line in self.lines}
        return bool(kinds & {"taken", "parcel", "known"}) and not kinds & {"trouble", "unfit"}


def facts(desk: Desk) -> CarrierFacts:
    """How the road without a line stands; quick."""
    parcels, last = desk.store.sticks.parcels(), desk.store.sticks.last()
    return CarrierFacts(
        waiting=status.card(desk).waiting,
        last=_last(desk, last),
        unanswered=bool(last and not last.answered_ms and last.still_waiting),
        parcels=sum(not p.is_answered and not p.unfit for p in parcels),
        receipts=len(_undelivered(parcels)),
        rejected=tuple(f"“{p.name}”{words.parcel_unfit(p.unfit)}。" for p in parcels if p.unfit),
    )


@dataclass(frozen=True, slots=True)
class OnStick:
    """What lies on a stick, before anything is done: files for this desk, of this desk, of other desks; free space."""

    receipts: int
    own: int
    parcels: int
    receipts_elsewhere: int
    free_bytes: int


def look(desk: Desk, folder: Path) -> OnStick:
    """What lies on a stick, as the labels say. Raises CarrierTrouble."""
    here = desk.store.desk()
    try:
        labels = [label for label in _labels(folder) if label.hub == here.hub]
    except NoCarrier as problem:
        raise CarrierTrouble(words.no_carrier(problem, is_writing=False)) from problem
    lying = [(label.kind, label.device == here.device) for label in labels]
    return OnStick(
        receipts=lying.count(("receipt", True)),
        own=lying.count(("pouch", True)),
        parcels=lying.count(("pouch", False)),
        receipts_elsewhere=lying.count(("receipt", False)),
        free_bytes=desk.store.sticks.free_bytes(folder),
    )


def write(desk: Desk, folder: Path) -> Written:
    """Write what waits onto a stick, and the receipts for other desks. Raises CarrierTrouble, StoreError."""
    here = desk.store.desk()
    name = f"{here.place_name.removesuffix('委会')}{here.number}号"
    try:
        desk.store.check_struck()
        carrier_folder.found(folder)
        label, packed = desk.store.sticks.pack(name, desk.today.isoformat())
    except NoCarrier as problem:
        raise CarrierTrouble(words.no_carrier(problem, is_writing=True)) from problem
    except ManyStruck as problem:
        raise CarrierTrouble(words.STRUCK.format(struck=problem.struck, held=problem.held)) from problem
    except Keyless as problem:
        raise CarrierTrouble(words.KEYLESS) from problem
    file = _placed(desk, folder, label, packed)
    receipts = hand_over(desk, folder)
    return Written(file, label.serial, packed.changes, packed.left, len(packed.file), tuple(receipts))


def hand_over(desk: Desk, folder: Path) -> list[Path]:
    """Write the receipts for other desks onto a stick: new ones, and those of pouches lying there.

    Raises CarrierTrouble, StoreError.
    """
    written: list[Path] = []
    try:
        lying = {(label.device, label.serial) for label in _labels(folder) if label.kind == "pouch"}
        for parcel in desk.store.sticks.parcels():
            if parcel.is_answered and (not parcel.handed_ms or (parcel.device, parcel.serial) in lying):
                raw = desk.store.sticks.parcel_receipt(parcel.seq)
                name = carrier_folder.file_name(read_label(raw))
                written.append(carrier_folder.place(folder, name, raw, desk.store.sticks.free_bytes))
                desk.store.sticks.hand_over([parcel.seq])
    except NoCarrier as problem:
        raise CarrierTrouble(words.no_carrier(problem, is_writing=True)) from problem
    return written


def read(desk: Desk, folder: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> ReadStick:
    """Read every receipt for this desk on a stick, take along other desks' pouches; nothing there is changed.

    progress is told how many pages of a receipt are stored, of how many. To be run where no round runs.
    Raises CarrierTrouble when there is nothing, or no stick, and StoreError.
    """
    reading = _Reading(desk, progress)
    try:
        for file in carrier_folder.found(folder):
            reading.look(file)
            if reading.pull_too_large:
                break
    except NoCarrier as problem:
        raise CarrierTrouble(words.no_carrier(problem, is_writing=False)) from problem
    if not reading.lines:
        raise CarrierTrouble(words.NOTHING)
    return ReadStick(tuple(reading.lines), reading.agreed, reading.taken, reading.pull_too_large)


@dataclass
class _Reading:
    """One stick being read."""

    desk: Desk
    progress: Callable[[int, int], None]
    lines: list[StickLine] = field(default_factory=list)
    agreed: bool = False
    taken: Taken = field(default_factory=Taken)
    pull_too_large: tuple[int, int] | None = None

    def note(self, file: str, kind: Kind, said: str) -> None:
        """What came of one file."""
        self.lines.append(StickLine(file, kind, said))

    def look(self, file: Path) -> None:
        """One file, whatever it is. Raises NoCarrier."""
        try:
            raw = carrier_folder.read(file)
            self._look(file.name, read_label(raw), raw)
        except Unfit as problem:
            self.note(file.name, "unfit", words.unfit(problem))

    def _look(self, file: str, label: Label, raw: bytes) -> None:
        here = self.desk.store.desk()
        if label.hub != here.hub:
            self.note(file, "unfit", words.OTHER_HUB)
        elif label.kind == "pouch" and label.device == here.device:
            self._own(file, label)
        elif label.kind == "pouch":
            self._parcel(file, label, raw)
        elif label.device != here.device:
            self.note(file, "elsewhere", words.ELSEWHERE.format(whose=words.whose(label)))
        else:
            self._receipt(file, label, raw)

    def _own(self, file: str, label: Label) -> None:
        kept = self.desk.store.sticks.find(label.serial)
        if kept and kept.answered_ms:
            self.note(file, "known", words.OWN_READ)
        else:
            self.note(file, "own", words.OWN)

    def _parcel(self, file: str, label: Label, raw: bytes) -> None:
        sticks = self.desk.store.sticks
        waiting = sum(not parcel.is_answered and not parcel.unfit for parcel in sticks.parcels())
        if len(raw) > limits.POUCH:
            raise Unfit("foreign")
        if waiting >= PARCELS_WAITING:
            said = f"没收：已经替别的电脑带着 {waiting} 份。先和区里传一次，再读这个U盘"
            self.note(file, "unfit", said)
        elif sticks.take_parcel(label.device, label.serial, file, raw):
            self.note(file, "parcel", f"收下了，是{words.whose(label)}写的。下次和区里传的时候一起带去")
        else:
            self.note(file, "known", "早就收下了")

    def _receipt(self, file: str, label: Label, raw: bytes) -> None:
        kept = self.desk.store.sticks.find(label.serial)
        if kept is None:
            raise Unfit("stranger")
        if kept.answered_ms:
            self.note(file, "known", words.KNOWN)
            return
        try:
            self._took(file, self.desk.store.sticks.take_receipt(kept.stick, raw, self.progress))
        except Halted as halted:
            self.note(file, "trouble", HALTS.get(halted.code, f"区里说：{halted.why}。登记的都在本机。"))
        except PullTooLarge as problem:
            self.pull_too_large = (problem.leaving, problem.held)
            self.note(file, "trouble", words.LARGE.format(leaving=problem.leaving, held=problem.held))

    def _took(self, file: str, came: Read) -> None:
        self.taken = self.taken.plus(came.taken)
        if came.again:
            self.note(file, "trouble", f"{words.AGAIN[came.again]}。")
        elif came.is_outdated:
            self.note(file, "unfit", words.RESTORED)
        elif came.is_known:
            self.note(file, "known", words.KNOWN)
        else:
            self.agreed = came.agreed and not self.desk.store.unsent()
            sentence = _came_to(came, is_agreed=self.agreed)
            _log(self.desk, came, sentence, is_agreed=self.agreed)
            self.note(file, "taken", sentence)


def _placed(desk: Desk, folder: Path, label: Label, packed: Packed) -> Path:
    try:
        name = carrier_folder.file_name(label)
        return carrier_folder.place(folder, name, packed.file, desk.store.sticks.free_bytes)
    except NoCarrier as problem:
        desk.store.sticks.forget(label.serial)
        raise CarrierTrouble(words.no_carrier(problem, is_writing=True)) from problem


def _labels(folder: Path) -> list[Label]:
    labels = []
    for file in carrier_folder.found(folder):
        try:
            labels.append(read_label(carrier_folder.read(file)))
        except Unfit:
            continue
    return labels


def _undelivered(parcels: list[KeptParcel]) -> list[KeptParcel]:
    return [parcel for parcel in parcels if parcel.is_answered and not parcel.handed_ms]


def _came_to(read: Read, *, is_agreed: bool) -> str:
    taken = read.taken
    counts = ((taken.applied, "区里收下 {} 处"), (taken.refused, "没收下 {} 处"), (taken.received, "收进 {} 条"))
    parts = [said.format(count) for count, said in counts if count]
    done = f"读好了：{'，'.join(parts)}。" if parts else "读好了，没有新的。"
    if is_agreed:
        return f"{done}两边都是 {read.count:,} 件，一致。"
    return f"{done}区里还有没带完的，再写一次U盘去取。" if read.more else f"{done}还没对上账，下次再对。"


def _log(desk: Desk, read: Read, sentence: str, *, is_agreed: bool) -> None:
    """One line among the exchanges; an agreed proof counts whichever road it came by."""
    figures = {
        "state": "agreed" if is_agreed else "cut", "sentence": f"U盘：{sentence}", "stick": True,
        "sent": read.taken.applied, "received": read.taken.received, "refused": read.taken.refused,
        "clashes": read.taken.clashes, "count": read.count if is_agreed else None,
    }  # fmt: skip
    desk.store.log_round("agreed" if is_agreed else "partial", figures)
    if is_agreed:
        desk.store.set_setting(AGREED, {"at_ms": round(desk.now().timestamp() * 1000), "count": read.count})


def _last(desk: Desk, last: KeptStick | None) -> str:
    if last is None:
        return "还没有写过U盘。"
    number = f"第 {last.stick.serial} 号U盘件"
    if last.answered_ms:
        return f"{number}的回执读过了（{_when(desk, last.answered_ms)}）。"
    written = f"{number}是 {_when(desk, last.written_ms)} 写的，还没有读到回执"
    if last.still_waiting:
        return f"{written}，里头 {last.still_waiting} 处还等着区里答复。"
    return f"{written}；里头的区里都答复了，不用再等它。" if last.stick.last else f"{written}。"


def _when(desk: Desk, ms: int) -> str:
    moment: datetime = moment_of(desk, ms)
    return spoken.iso_moment(moment.isoformat(), desk.now())
