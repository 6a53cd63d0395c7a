"""The driver of MQTT brokers: the verbs of the mqtt spec, spoken as MQTT 5.0."""

from support.drivers.kit.program import Language
from support.drivers.mqtt.options import MqttOptions
from support.drivers.mqtt.servers import PROGRAMS

LANGUAGE = Language(
    spec="mqtt",
    name="mqtt",
    product="MQTT broker",
    server="message broker",
    scheme="mqtt",
    options=MqttOptions,
    driver="support.drivers.mqtt.driver:MqttBroker",
    programs=PROGRAMS,
)
