"""The words for what people do in a school and at its dashboard; drivers know what each means on the wire."""

#: What a member of a school can be.
POSITIONS = ("an admin", "a teacher")
#: How an owner ends a user's membership, and how it begins again.
DISMISSALS = ("suspends", "removes", "reinstates", "takes back")
#: How an invitation is answered.
ANSWERS = ("accepts", "declines")
#: How a class ends.
CLASS_ENDS = ("completes", "cancels")
#: What is counted in a school.
FIGURES = {"student": "students", "teacher": "teachers", "class": "classes"}
FIGURES |= {"class today": "classes today", "class completed today": "classes completed today"}
#: Of what there is an activity feed by itself -> what it is among what can happen.
ACTIVITIES = {"new students": "student", "new teachers": "teacher", "new classes": "class"}
#: What is good for a time.
EXPIRING = ("login code", "invitation", "upload")
#: What is requested wrongly.
MISTAKES = (
    "an account without a name",
    "an account with a name that is too long",
    "an account with an invalid address",
    "an account with an address that is taken",
    "an account with an address that is taken, in capitals",
    "a login code for an invalid address",
    "a session by a code of five digits",
    "a session for an address that is unknown",
    "a student without a name",
    "a student with an address that is taken",
    "a student of a school that does not exist",
    "a student in the form of a list",
    "a student in a request that is cut off",
    "a class of an unknown kind",
    "the end of a class that does not exist",
    "a page of the feed that is not a number",
    "a member who does not exist",
    "a member in an unknown position",
    "a membership that exists already",
    "the end of a membership that does not exist",
    "an invitation without an address",
    "an invitation of a user who does not exist",
    "the acceptance of an invitation that does not exist",
)
#: Which of the login codes that came by mail.
MAILS = ("first", "last")
#: Schools that are not one's own.
SCHOOLS = ("the school of the school owner", "a school that does not exist")
#: Kinds of clients that look at a dashboard.
CLIENTS = (
    "a script",
    "the web client",
    "a browser",
    "a page of another site",
    "a page of a site with a similar name",
    "a page of a site whose name ends like ours",
    "a page of no site",
    "a browser that names no page",
)
#: What outsiders may try in a school.
INTRUSIONS = (
    "read the activity feed",
    "read the figures",
    "invite a user",
    "invite a user by their account",
    "invite several users together",
    "become an admin",
    "register a student",
    "plan a class",
    "change the settings",
    "rename the school",
)
#: What a client may send to the dashboard.
FRAMES = (
    "a sign of life",
    "a sign of life that carries nothing",
    "a word that means nothing",
    "something garbled",
    "nothing at all",
    "a list",
    "raw bytes",
    "a message whose kind is a list",
)


def figure(words: str) -> str:
    """What is counted, be it one or many."""
    return next(one for one, many in FIGURES.items() if words in (one, many))


def activity(words: str) -> str:
    """One of `HAPPENINGS`: what there is a feed of."""
    return ACTIVITIES[words]
