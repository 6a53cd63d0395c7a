"""Load that can be believed: latency counts from the planned moment, and the generator is judged before the system.

A client that waits for an answer before it sends again does not send while the server stalls, and so never notices
the stall. Here a plan (`pace`) says when each message is due; the engine sends it then, whatever is still under way;
what counts is the time from *planned* to answered, and to delivered. How late the engine itself was is kept apart, and
a run that cannot know is invalid, which is neither passed nor failed.
"""
