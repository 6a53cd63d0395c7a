"""The driver of the message broker."""

from support.drivers.broker.driver import Broker
from support.drivers.broker.options import BrokerOptions

__all__ = ["Broker", "BrokerOptions"]
