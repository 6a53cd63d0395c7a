"""One person's client of ThreadFileSharing."""

from support.core.inbox import Inbox
from support.core.people import People
from support.core.transcript import Transcript
from support.drivers.threads.backend import ThreadsBackend
from support.drivers.threads.changes import Changes
from support.drivers.threads.doors import Doors
from support.drivers.threads.files import SharedFiles
from support.drivers.threads.members import Members
from support.drivers.threads.mistakes import Mistakes
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession


class ThreadsClient(ThreadsSession):
    """A session that has rooms, files, members and changes; what can be done with each is one's own to do.

    Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent.
    """

    def __init__(
        self, backend: ThreadsBackend, role: str, people: People, transcript: Transcript, inbox: Inbox
    ) -> None:
        super().__init__(backend, role, people, transcript, inbox)
        self.places = places = Rooms(self)
        self.open_place, self.add_to, self.remove_from = places.open_place, places.add_to, places.remove_from
        self.rooms, self.history, self.type = places.shown, places.history, places.type
        self.close_place, self.stop_listening = places.close_place, places.stop_listening
        self.history_by_pages = places.history_by_pages
        self.last_said_in = places.last_said_in
        self.listed_by_pages, self.listed_here = places.listed_by_pages, places.listed_here
        self.send, self.send_on, self.post = places.send, places.send_on, places.post

        self.files = files = SharedFiles(self, places)
        self.begin_upload, self.send_pieces, self.send_piece = files.begin_upload, files.send_pieces, files.send_piece
        self.complete_upload, self.finish_upload = files.complete_upload, files.finish_upload
        self.cancel_upload, self.follow, self.delete_file = files.cancel_upload, files.follow, files.delete_file
        self.open_file, self.find_files, self.files_in = files.open_file, files.find_files, files.files_in
        self.share_file, self.take_out_file = files.share_file, files.take_out_file
        self.get_link, self.open_link, self.progress = files.get_link, files.open_link, files.progress
        self.milestones, self.reported = files.milestones, files.reported
        self.link_ends, self.announce_file = files.link_ends, files.announce_file

        self.members = members = Members(self, places)
        self.register, self.take_in, self.appoint = members.register, members.take_in, members.appoint
        self.dismiss, self.invite, self.intrude = members.dismiss, members.invite, members.intrude
        self.answer_invitation, self.withdraw_invitation = members.answer_invitation, members.withdraw_invitation
        self.change_password, self.expire = members.change_password, members.expire
        self.members_by_pages, self.usage = members.members_by_pages, members.usage
        self.refresh_for_longer = members.refresh_for_longer
        self.company_address, self.move_company = members.company_address, members.move_company
        self.sign_in_elsewhere_and_out = members.sign_in_elsewhere_and_out

        changes = Changes(self, places)
        self.change, self.look, self.become = changes.change, changes.look, changes.become
        self.availability_of = changes.availability_of

        mistakes = Mistakes(self, places)
        self.send_frame, self.request_wrongly = mistakes.send_frame, mistakes.request_wrongly
        self.must_know = mistakes.must_know
        self.listen_in, self.rest = mistakes.listen_in, mistakes.rest
        self.knock = Doors(self).knock
        self.look_at_oneself, self.look_around = mistakes.look_at_oneself, mistakes.look_around

    async def take_leave_of_one(self) -> None:
        """Go away in good order on the connection that was opened last, and stay on the others."""
        line, _ = self._more_lines.pop()
        await line.take_leave()
