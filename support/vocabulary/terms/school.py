"""The words for what people do in a school and at its dashboard; drivers know what each means on the wire."""

#: What a member of a school can be.
POSITIONS = ("an admin", "a teacher")
#: How an owner ends somebody's membership.
DISMISSALS = ("suspends", "removes")
#: How an invitation is answered.
ANSWERS = ("accepts", "declines")
#: Schools that are not one's own.
SCHOOLS = ("the school of the school owner", "a school that does not exist")
#: Kinds of clients that look at a dashboard.
CLIENTS = ("a script", "the web client", "a browser", "a page of another site")
#: What outsiders may try in a school.
INTRUSIONS = ("read the activity feed", "invite a user", "become an admin")
#: What a client may send to the dashboard.
FRAMES = (
    "a sign of life",
    "a word that means nothing",
    "something garbled",
    "nothing at all",
    "a list",
    "raw bytes",
)
