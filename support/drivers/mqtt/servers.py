"""MQTT brokers that the suite can start by itself: Debian's, with the configuration that lies beside this file."""

from support.drivers.kit.program import ServerProgram, files_beside

#: A client that comes (MQTT 3.1.1, 3.1) and goes; a broker that serves accepts it, and ends the connection.
_GREETING = "\x10\x13\x00\x04MQTT\x04\x02\x00\x3c\x00\x07earshot\xe0\x00"
_ACCEPTED = b"\x20\x02\x00\x00"

MOSQUITTO = ServerProgram(
    name="Mosquitto",
    package="mosquitto",
    command=("mosquitto", "-c", "$folder/mosquitto.conf"),
    files=files_beside(__file__, "mosquitto.conf"),
    question=_GREETING,
    answer=_ACCEPTED,
)

PROGRAMS = {"mosquitto": MOSQUITTO}
