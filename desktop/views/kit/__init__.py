"""The kit: every control of the window, painted from the tokens. `theme.apply(app)` comes before the first widget.

Words
  Label(text, role="body", *, tone="ink", bold=None, elide=False)      one line; roles and tones of tokens.json
  Paragraph(text, role="body", *, tone="ink2")  .say(text)             wrapped, exact line height, **bold** marks
  Heading(text, fact="", *, role="heading", fact_role="small")         “要办的 6 件” on one baseline; .say(text, fact)
  Rule(*, strong=False)                                                a 1 px line
Plates and rows
  Card(title="", fact="", *, tone="plain|next|accent|amber|red|sunken", action=None, padding=(18, 14))
      .add(*widgets) .rule() .body (QVBoxLayout) .heading (Heading | None) .set_tone(tone)
  line(*parts, gap=8), column(*parts, gap=8)                           rows and columns as widgets; None is a stretch
  FittingRow(left, right=(), *, gap=8)  .left_out()                    drops the last of left when room is short
Acts
  Button(text, kind="plain|primary|text|link|tonal|danger", *, size="normal|large|row|back", icon="", trailing="",
         key="")  .say(text) .set_kind(kind)                           `key` is only shown, never bound
  IconButton(icon, words, *, tone="ink2")  .set_icon(icon, words)
  PressableRow(name, *, has_rule=False)  .hold(content)                a whole row that is one button
States
  Chip(text, shape=None, *, tone="ink2")  Chip.state("调解中")  Chip.deadline("overdue", "超期 2 天")  Chip.risk("高")
  ShapeMark(shape, *, size=14)                                         a state shape alone, as a widget
  IconMark(icon, *, size=20, tone="ink2")                              an icon alone, beside words
  Bar(*, name, tone="accent", height=6)  .set_share(done, total)       a thin bar
Fields (label, 选填, help, warning, error around any of them)
  LabelledField(label, field, *, optional=False, hint="")  .warn(text) .fail(text) .settle() .note() .trouble .field
  TextField(text="", *, placeholder="")  .value()                      signals typed(str), settled(str)
  NumberField(unit, *, decimals=0)  .number() .set_number(n)           decimals=2: 元 on the screen, 分 in the number
  TextBox(*, placeholder="", rows=3, role="body")  .value() .set_value(text)      signals typed(str), settled(str)
  DateField(*, today, marks=no_marks)  .day() .set_day(date) .is_readable()       signal chosen(date | None)
  MomentField(*, today, marks=no_marks)  .moment() .set_moment(datetime) .is_readable()   signal chosen(datetime | None)
      `today: Callable[[], date]`; `marks: Callable[[date], str]` gives 休, 班 or ""
  Calendar(*, today: date, marks, chosen=None)  .choose(date)          signal picked(date)
  Combo(choices, *, placeholder="选一个")  .value() .set_value(v) .offer(choices)       signal chosen(value | None)
  SearchChoice(choices, *, placeholder, matches=contains)  same, for more than 12 choices
      choices are str or Choice(value, words, key="")                  `key`: pinyin initials to find it by
  Segments(choices, *, name, filter_bar=False)  .value() .set_value(v | None) .set_count(value, n)   signal changed
      choices are str or Segment(value, words, count=None, shape=None); risk_segments(name="风险")
  CheckBox(text, *, hint="")                                           a QCheckBox
Places
  TabLine(tabs, *, name)  .key() .choose(key) .set_count(key, n)       Tab(key, words, count=None); signal chosen(key)
  Table(model, *, name, compact=False)  .row_id() .place() .return_to(place) .widths() .set_widths() .shown_rows()
      signals opened(id) peeked(id) went(id) sort_asked(key) widths_changed
  PagedRows(columns, fetch, *, page_rows=100)  .reload() .refresh() .set_total(n)
      Column(key, words, width=None, right=False, tone="ink2", needs_width=0, sorts=True)
      Row(id, cells, bold=False)  Cell(text, shape=None, tone="", bold=None)
      fetch(first, count, deliver): hand the rows to deliver, now or later
  TableCard(table)  .say(left) .foot                                   a table in a card with its words below
  TrailingScroll(content)                                              a page that scrolls
  PageScroll(content, *, blocks, ground="canvas")                      its bar in the page's margin, no block cut
  FitScroll(*, ground="surface", least_rows=2)  .fill(rows)            as high as its wrapped rows where there is room
  Beside(main)  .show_sheet(title, content) .hide_sheet()              the side sheet; signal sheet_closed
Saying
  EmptyState(icon, fact, text, *, kicker="", tone="plain|accent|red|amber|slate", actions=[Button, …])
  Round(icon, tone="plain", *, diameter=56)
  Confirm(parent, question, text, *, act, keep, reason="")  .open()    signal agreed(reason)
  Notices(window)  .tell(text, second="", *, kind="done|warning|error", actions=[(words, function), …])
  ProgressLine(text, *, pause_words="先停一停")  .set_progress(done, total, words, next_words="")  signal pause_asked
  Overlay(anchor, *, name)  .body .open_below(size) .close_overlay()   floats, and is no popup window
"""

from desktop.views.kit.button import Button
from desktop.views.kit.calendar import Calendar
from desktop.views.kit.card import Card, Rule, column, line
from desktop.views.kit.checkbox import CheckBox
from desktop.views.kit.chip import Chip, ShapeMark
from desktop.views.kit.combo import Choice, Combo
from desktop.views.kit.confirm import Confirm
from desktop.views.kit.datefield import DateField, MomentField, no_marks
from desktop.views.kit.empty import EmptyState, Round
from desktop.views.kit.field import LabelledField
from desktop.views.kit.fitscroll import FitScroll
from desktop.views.kit.fitting import FittingRow
from desktop.views.kit.iconbutton import IconButton
from desktop.views.kit.iconmark import IconMark
from desktop.views.kit.label import Heading, Label, Paragraph
from desktop.views.kit.notice import Notices, Said
from desktop.views.kit.overlay import Overlay
from desktop.views.kit.pagescroll import PageScroll
from desktop.views.kit.pressable import PressableRow
from desktop.views.kit.progress import Bar, ProgressLine
from desktop.views.kit.rows import Cell, Column, PagedRows, Row
from desktop.views.kit.scroll import TrailingScroll
from desktop.views.kit.searchchoice import SearchChoice, contains
from desktop.views.kit.segments import Segment, Segments, risk_segments
from desktop.views.kit.sheet import Beside, SideSheet
from desktop.views.kit.table import Place, Table
from desktop.views.kit.tablecard import TableCard
from desktop.views.kit.tabs import Tab, TabLine
from desktop.views.kit.textfield import NumberField, TextBox, TextField, read_number, write_number
from desktop.views.kit.typed_dates import read_date, read_time

__all__ = [
    "Bar",
    "Beside",
    "Button",
    "Calendar",
    "Card",
    "Cell",
    "CheckBox",
    "Chip",
    "Choice",
    "Column",
    "Combo",
    "Confirm",
    "DateField",
    "EmptyState",
    "FitScroll",
    "FittingRow",
    "Heading",
    "IconButton",
    "IconMark",
    "Label",
    "LabelledField",
    "MomentField",
    "Notices",
    "NumberField",
    "Overlay",
    "PageScroll",
    "PagedRows",
    "Paragraph",
    "Place",
    "PressableRow",
    "ProgressLine",
    "Round",
    "Row",
    "Rule",
    "Said",
    "SearchChoice",
    "Segment",
    "Segments",
    "ShapeMark",
    "SideSheet",
    "Tab",
    "TabLine",
    "Table",
    "TableCard",
    "TextBox",
    "TextField",
    "TrailingScroll",
    "column",
    "contains",
    "line",
    "no_marks",
    "read_date",
    "read_number",
    "read_time",
    "risk_segments",
    "write_number",
]
