"""A formatter that breaks at a feature's end, in the middle of a run."""

from behave.formatter.base import Formatter


class Breaking(Formatter):
    def eof(self):
        raise RuntimeError("the formatter broke")
