"""The driver of a Matrix homeserver: the chat spec's verbs, spoken as the Matrix client-server API.

What Matrix has nothing for is not implemented, and so declared (docs/drivers.md).
"""

from support.drivers.matrix.driver import MatrixHomeserver, MatrixOptions

__all__ = ["MatrixHomeserver", "MatrixOptions"]
