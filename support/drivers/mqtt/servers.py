"""MQTT brokers that the suite can start by itself: Debian's, on 127.0.0.1 alone, with nothing kept after the run."""

from support.drivers.kit.program import ServerPlace, ServerProgram

#: A client that comes (MQTT 3.1.1, 3.1) and goes; a broker that serves accepts it, and ends the connection.
_GREETING = b"\x10\x13\x00\x04MQTT\x04\x02\x00\x3c\x00\x07earshot\xe0\x00"
_ACCEPTED = b"\x20\x02\x00\x00"

#: What Debian's own configuration says, but for the place, and for users who need not be known.
_MOSQUITTO = """
listener {port} 127.0.0.1
allow_anonymous true
persistence true
persistence_location {folder}/
log_dest stdout
log_type error
log_type warning
log_type notice
"""


def mosquitto(*more: str) -> ServerProgram:
    """Mosquitto.

    Args:
        more: further lines of its configuration; the last of several about the same thing holds.
    """

    def files(place: ServerPlace) -> dict[str, str]:
        lines = _MOSQUITTO.format(folder=place.folder, port=place.port)
        return {"mosquitto.conf": lines + "".join(f"{line}\n" for line in more)}

    return ServerProgram(
        name="Mosquitto",
        package="mosquitto",
        executable="mosquitto",
        command=lambda place: ["mosquitto", "-c", place.folder / "mosquitto.conf"],
        files=files,
        question=_GREETING,
        answer=_ACCEPTED,
    )


PROGRAMS = {"mosquitto": mosquitto()}
