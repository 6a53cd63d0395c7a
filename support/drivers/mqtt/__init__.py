"""The driver of MQTT brokers: the verbs of the mqtt spec, spoken as MQTT 5.0."""

from support.drivers.kit.driver import System
from support.drivers.kit.program import Deployed, Language
from support.drivers.mqtt.options import MqttOptions
from support.drivers.mqtt.servers import PROGRAMS


def _drive(deployed: Deployed) -> System:
    from support.drivers.mqtt.driver import MqttBroker  # an extra: for those who play on MQTT

    return MqttBroker(deployed)


LANGUAGE = Language(
    spec="mqtt",
    name="mqtt",
    product="MQTT broker",
    server="message broker",
    scheme="mqtt",
    options=MqttOptions,
    drive=_drive,
    programs=PROGRAMS,
)
