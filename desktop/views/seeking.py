"""The search field answered: people, disputes and acts, the newest text first, one look at the store at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject

from desktop.casework.desk import Desk
from desktop.casework.disputes import search
from desktop.casework.disputes.search import Found, Line
from desktop.views import words
from desktop.views.background import Lanes
from desktop.views.disputes.going import PageAct
from desktop.views.shell.hits import Group, Hit
from desktop.views.shell.search import Search

_ICONS = {"person": "person", "dispute": "people_chat", "act": "arrow_right"}
_SAYS = {
    "register": "从头登记一件，Ctrl+N",
    "today": "要办的、在等回音的、新来的，Ctrl+1",
    "disputes": "这里的全部纠纷，Ctrl+2",
    "settings": "字号、颜色、期限、人和密码，Ctrl+6",
    "exchange": "等着传的、没收下的、近来几次",
    "exchange_now": "和区里对一次",
    "lock": "写到一半的都留着，Ctrl+L",
    "backup": "在这台电脑上存一份，读一遍才算",
}
Acts = Callable[[], Sequence[PageAct]]
Ways = Mapping[str, Callable[[Line], object]]


class Seeking(QObject):
    """Joins the field with casework.

    `ways` answers a found line by its act; a line without a way is not offered. `acts` are those of the page now
    shown, offered under 做事 when their words fit what is typed.
    """

    def __init__(self, field: Search, desk: Desk, lanes: Lanes, *, ways: Ways, acts: Acts) -> None:
        super().__init__(field)
        self._field, self._desk, self._lanes = field, desk, lanes
        self._ways, self._acts = ways, acts
        self._wanted: str | None = None
        self._is_looking = False
        self._offered: list[Line | PageAct] = []
        field.asked.connect(self._ask)
        field.opened.connect(self._open)

    def _ask(self, text: str) -> None:
        self._wanted = text
        if not self._is_looking:
            self._look()

    def _look(self) -> None:
        text, self._wanted = self._wanted or "", None
        self._is_looking = True
        self._lanes.submit(
            "store",
            lambda: search.find(self._desk, text),
            lambda found: self._show(text, found),
            self._failed,
        )

    def _show(self, text: str, found: Found) -> None:
        self._is_looking = False
        if self._wanted is not None:
            self._look()
            return
        self._offered = []
        acts = [act for act in self._acts() if text.strip() in act.words]
        said = {act.words for act in acts}
        lines = [line for line in found.acts if line.act in self._ways and not line.target]
        general = [line for line in lines if line.title not in said]
        groups = (
            Group("人", tuple(self._hit(line) for line in found.people)),
            Group("纠纷", tuple(self._hit(line) for line in found.disputes)),
            Group("做事", (*(self._act_hit(a, text.strip()) for a in acts), *map(self._hit, general))),
        )
        self._field.show_results(text, groups)

    def _failed(self, error: Exception) -> None:
        self._is_looking = False
        self._lanes.hub.trouble.emit(error)

    def _open(self, hit: Hit) -> None:
        offered = self._offered[int(hit.key)]
        if isinstance(offered, PageAct):
            offered.act()
        else:
            self._ways[offered.act](offered)

    def _hit(self, line: Line) -> Hit:
        self._offered.append(line)
        first = f"{line.title} {line.aside}" if line.aside else line.title
        phone = words.masked_phone(line.phone) if line.phone else ""
        second = " · ".join(part for part in (phone, line.second or _SAYS.get(line.act, "")) if part)
        matched = tuple((start, end - start) for start, end in line.matches)
        return Hit(str(len(self._offered) - 1), first, second, _ICONS[line.kind], matched)

    def _act_hit(self, act: PageAct, text: str) -> Hit:
        self._offered.append(act)
        start = act.words.find(text)
        return Hit(str(len(self._offered) - 1), act.words, act.keys, "arrow_right", ((start, len(text)),))
