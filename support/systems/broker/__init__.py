"""The driver of the message broker."""

from support.systems.broker.driver import Broker
from support.systems.broker.options import BrokerOptions

__all__ = ["Broker", "BrokerOptions"]
