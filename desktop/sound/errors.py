"""What can go wrong with sound. Each says what happened, that the text goes on, what to do."""

from __future__ import annotations


class SoundError(Exception):
    """A sound device does not do what was asked; `str()` is what a person reads."""


class NoMicrophone(SoundError):
    """There is none, or Windows knows of none."""

    def __init__(self) -> None:
        super().__init__("没找到话筒，没有录。文字照记。插好话筒，再点开始录。")


class MicrophoneBusy(SoundError):
    """Another program holds it, or Windows does not let this one."""

    def __init__(self) -> None:
        super().__init__(
            "话筒打不开，没有录。文字照记。关掉别的用话筒的程序，看看 Windows 隐私里让不让用话筒，再点开始录。"
        )


class MicrophoneLost(SoundError):
    """It was there and sends nothing any more."""

    def __init__(self) -> None:
        super().__init__("话筒断了。断以前录的都在，文字照记。看看插头，再点接着录。")


class NoLoudspeaker(SoundError):
    """Nothing to play on."""

    def __init__(self) -> None:
        super().__init__("没找到喇叭或耳机，放不出声。录音还在。插好耳机再放。")


class Unplayable(SoundError):
    """A kind of recording that cannot be played here."""

    def __init__(self) -> None:
        super().__init__("这种录音这里放不了。录音还在。存一份出来，用别的程序听。")
