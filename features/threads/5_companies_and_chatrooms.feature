@threads
Feature: 5. Companies and chatrooms
  Companies take people in, give them positions and let them go; and each member may do what their position allows, and no more.

  @TFS-API-13 @FR-005 @blocker @smoke
  Scenario: TFS-API-13 A member who is added to the company can sign in and is one of its people
    Given the company owner, user A and the owner of another company are online
    When the company owner adds the newcomer to the company
    Then the newcomer can sign in
    And the newcomer sees 3 people in the contact list, all of their own company
    And the owner of another company is told of no other user coming or going

  @TFS-EVT-10 @critical
  Scenario: TFS-EVT-10 A member who is added to the company is announced there, and nowhere else
    Given the company owner, user A and the owner of another company are online
    When the company owner adds the newcomer to the company
    Then user A is told once that the newcomer has joined the company
    And the owner of another company is told of no other user coming or going

  @TFS-API-13 @FR-005 @critical
  Scenario: TFS-API-13 A newcomer who is invited belongs to the company once they accept
    Given the company owner and user A are online
    When the company owner invites the newcomer
    And the newcomer accepts the invitation
    Then the newcomer can sign in
    And the newcomer can connect
    And the newcomer sees 3 people in the contact list, all of their own company

  @TFS-API-13 @TFS-ROLE-ADMIN @critical
  Scenario: TFS-API-13 A newcomer who is invited as an admin may do what admins do
    Given the company owner is online
    When the company owner invites the newcomer as an admin
    And the newcomer accepts the invitation
    Then the newcomer can sign in
    And the newcomer can add a member in the company of the company owner

  @TFS-ROLE-GUEST @TFS-API-13 @critical
  Scenario: TFS-ROLE-GUEST A newcomer who is invited as a guest may do no more than guests do
    Given the company owner is online
    When the company owner invites the newcomer as a guest
    And the newcomer accepts the invitation
    And the newcomer signs in
    And the newcomer tries to open a room in the company of the company owner
    Then the newcomer is refused because that is not allowed

  @TFS-EVT-10 @normal
  Scenario: TFS-EVT-10 A newcomer who accepts an invitation is announced in the company
    Given the company owner and user A are online
    When the company owner invites the newcomer
    And the newcomer accepts the invitation
    Then user A is told once that the newcomer has joined the company

  @TFS-DATA-8 @FR-005 @critical
  Scenario: TFS-DATA-8 A member who is removed from the company gets nothing there any more
    Given the company owner, user A and user B are online
    When the company owner removes user B
    Then user B can no longer read the contact list
    And user B can no longer connect
    And the company owner sees 2 people in the contact list, all of their own company

  @TFS-X-REMOVAL @critical
  Scenario: TFS-X-REMOVAL A member who is removed from the company is disconnected, and it is announced
    Given the company owner, user A and user B are online
    When the company owner removes user B
    Then user B is disconnected
    And user A is told once that user B has left the company

  @TFS-X-REMOVAL @TFS-X-DEVICES @critical
  Scenario: TFS-X-REMOVAL A member who is removed from the company is disconnected on every connection
    Given the company owner is online
    And user A and user B are online on 2 connections each
    When the company owner removes user B
    Then user B is disconnected
    But user A can read the contact list

  @TFS-DATA-8 @TFS-API-03 @critical
  Scenario: TFS-DATA-8 A member who is removed from the company cannot refresh the session
    Given the company owner, user A and user B are online
    When the company owner removes user B
    And user B refreshes the session
    Then user B is refused
    But user A can read the contact list

  @TFS-X-USAGE @normal
  Scenario: TFS-X-USAGE Removed members and deleted files do not count as what a company uses
    Given the company owner, user A, user B and the owner of another company are online
    When the company owner uploads the file "plan.pdf" in 1 piece to no place
    And the company owner uploads the file "old.pdf" in 2 pieces to no place
    And the company owner deletes the file "old.pdf"
    And the company owner removes user B
    Then the company owner is told that the company has 2 people and stores the file "plan.pdf" alone

  @TFS-API-14 @FR-005 @critical
  Scenario: TFS-API-14 Members open rooms, where those who are in them talk and no other user reads
    Given user A, user B and user C are online
    When user A opens the room "Launch" with user B
    Then user A can be heard by user B in the room "Launch"
    And user C cannot read what is said in the room "Launch"

  @TFS-X-SYNC @critical
  Scenario: TFS-X-SYNC A user who is added to a room is told so, and no user outside it is
    Given user A, user B and user C are online
    When user A opens the room "Launch" with user B
    Then user B is told once that user B has been added to the room "Launch"
    And user C receives nothing else

  @TFS-API-14 @FR-005 @critical
  Scenario: TFS-API-14 A user who is added to a room later finds what was said before, and is heard
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    And user A adds user C to the room "Launch"
    Then user C finds "Shall we begin?" from user A in the room "Launch"
    And user C can be heard by user B in the room "Launch"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who has been removed from a room hears nothing more of it, at once
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A removes user C from the room "Launch"
    And user A sends "Among us" in the room "Launch"
    Then user B receives "Among us" from user A in the room "Launch"
    But "Among us" from user A in the room "Launch" does not reach user C

  @TFS-X-SYNC @normal
  Scenario: TFS-X-SYNC A user who is removed from a room is told so
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A removes user C from the room "Launch"
    Then user C is told once that user C has been removed from the room "Launch"

  @TFS-API-14 @FR-005 @normal
  Scenario: TFS-API-14 A member leaves a room of their own accord, and the others talk on
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user C leaves the room "Launch"
    And user A sends "Among us" in the room "Launch"
    Then user B receives "Among us" from user A in the room "Launch"
    But user C cannot read what is said in the room "Launch"

  @TFS-X-SYNC @normal
  Scenario: TFS-X-SYNC The others in a room are told when a user leaves it
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user C leaves the room "Launch"
    Then user B is told once that user C has been removed from the room "Launch"

  @TFS-ROLE-MEMBER @FR-005 @critical
  Scenario: TFS-ROLE-MEMBER A member cannot remove others from a room that another user has opened
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user B removes user C from the room "Launch"
    Then user B is refused because that is not allowed
    But user A can be heard by user C in the room "Launch"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who has been removed from a room reads nothing more of it
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A sends "Among us" in the room "Launch"
    And user A removes user C from the room "Launch"
    Then user C cannot read what is said in the room "Launch"
    But user B finds "Among us" from user A in the room "Launch"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who has been removed from a room is not heard there any more
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A removes user C from the room "Launch"
    And user C sends "Still here" in the room "Launch"
    Then user C is refused because that is not allowed
    And user A can be heard by user B in the room "Launch"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who has been removed from a room does not find the files of its threads
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    And user A has opened the thread "Plan" with user C
    When user A uploads the file "plan.pdf" in 1 piece to the thread "Plan"
    And user A removes user C from the room "Launch"
    Then user C does not find the file "plan.pdf"
    But user A finds the file "plan.pdf"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who is taken back into a room is not back in its threads
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    And user A has opened the thread "Plan" with user C
    When user A removes user C from the room "Launch"
    And user A adds user C to the room "Launch"
    Then user C cannot read what is said in the thread "Plan"
    But user C can be heard by user B in the room "Launch"

  @TFS-API-13 @TFS-ROLE-MEMBER @FR-005 @critical
  Scenario: TFS-API-13 A user who is added is a member, no more
    Given the company owner is online
    When the company owner adds the newcomer to the company
    And the newcomer signs in
    And the newcomer tries to add a member in the company of the company owner
    Then the newcomer is refused because that is not allowed
    But the newcomer can read the contact list

  @TFS-API-13 @FR-005 @normal
  Scenario: TFS-API-13 An invitation that has been accepted cannot be accepted again
    Given the company owner is online
    When the company owner invites the newcomer
    And the newcomer accepts the invitation
    And the newcomer accepts the invitation
    Then the newcomer is refused
    But the newcomer can sign in

  @TFS-ROLE-GUEST @critical
  Scenario: TFS-ROLE-GUEST A user who becomes a guest is not heard any more, at once
    Given the company owner, user A and user B are online
    And user A has opened the room "Launch" with user B
    And the company owner has made user A a guest of the company
    When user A sends "May I?" in the room "Launch"
    Then user A is refused because that is not allowed
    But user B can read the contact list

  @TFS-ROLE-GUEST @TFS-X-DEVICES @critical
  Scenario: TFS-ROLE-GUEST A user who becomes a guest is not heard any more on any of their connections
    Given the company owner is online
    And user A and user B are online on 2 connections each
    When user A sends "Shall we begin?" to user B
    And the company owner makes user A a guest of the company
    Then user A is heard by user B on no connection
    But user B can read the contact list

  @TFS-ROLE-GUEST @normal
  Scenario: TFS-ROLE-GUEST A user who becomes a guest no longer changes what they have said
    Given the company owner, user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    And the company owner makes user A a guest of the company
    And user A edits a message by request
    Then user A is refused because that is not allowed
    And user B finds "Shall we begin?" from user A in the room "Launch"

  @TFS-ROLE-OWNER @TFS-ROLE-ADMIN @FR-005 @critical
  Scenario: TFS-ROLE-OWNER A member whom the owner makes an admin may do at once what admins do
    Given the company owner and user A are online
    And the company owner has made user A an admin of the company
    When user A adds the newcomer to the company
    Then the newcomer can sign in

  @TFS-ROLE-MEMBER @TFS-ROLE-OWNER @FR-005 @critical
  Scenario Outline: TFS-ROLE-MEMBER The owner may <deed>, but <who> may not
    Given the company owner and <who> are online
    When <who> tries to <deed> in the company of the company owner
    Then <who> is refused because that is not allowed
    But the company owner can <deed> in the company of the company owner

    Examples:
      | who    | deed               | because                                  |
      | user A | add a member       | members have no say over others          |
      | user A | invite a user      | an invitation is a membership in the end |
      | user A | rename the company | the company is not a member's            |

  @TFS-ROLE-ADMIN @TFS-ROLE-OWNER @FR-005 @critical
  Scenario: TFS-ROLE-ADMIN The owner may rename the company, but the admin may not
    Given the company owner and the admin are online
    When the admin tries to rename the company in the company of the company owner
    Then the admin is refused because that is not allowed
    But the company owner can rename the company in the company of the company owner

  @TFS-ROLE-GUEST @critical
  Scenario Outline: TFS-ROLE-GUEST The owner may <deed>, but <who> may not
    Given the company owner and <who> are online
    When <who> tries to <deed> in the company of the company owner
    Then <who> is refused because that is not allowed
    But the company owner can <deed> in the company of the company owner

    Examples:
      | who       | deed           | because                           |
      | the guest | add a member   | guests have less say than members |
      | the guest | open a room    | guests change nothing             |
      | the guest | upload a file  | guests send nothing               |
      | the guest | send a message | guests read along                 |

  @TFS-ROLE-OWNER @TFS-ROLE-ADMIN @FR-005 @critical
  Scenario Outline: TFS-ROLE-OWNER The company cannot be taken from its owner: not by <who>, who tries to <deed>
    Given the company owner and <who> are online
    When <who> tries to <deed> in the company of the company owner
    Then <who> is refused because that is not allowed
    But the company owner can read the contact list
    And the company owner can add a member in the company of the company owner

    Examples:
      | who       | deed                            | because                         |
      | the admin | remove the company owner        | an admin is not above the owner |
      | the admin | make the company owner a member | nor by another way              |

  @TFS-ROLE-MEMBER @TFS-ROLE-OWNER @FR-005 @critical
  Scenario: TFS-ROLE-MEMBER A member cannot make themselves an admin
    Given the company owner and user A are online
    When user A tries to become an admin in the company of the company owner
    Then user A is refused because that is not allowed
    But the company owner can read the contact list
    And the company owner can add a member in the company of the company owner

  @TFS-ROLE-GUEST @critical
  Scenario: TFS-ROLE-GUEST A guest cannot make themselves an admin
    Given the company owner and the guest are online
    When the guest tries to become an admin in the company of the company owner
    Then the guest is refused because that is not allowed
    But the company owner can read the contact list
    And the company owner can add a member in the company of the company owner

  @TFS-ROLE-ADMIN @FR-005 @critical
  Scenario: TFS-ROLE-ADMIN An admin adds and removes members
    Given the admin, user A and user B are online
    When the admin adds the newcomer to the company
    And the admin removes user B
    Then the newcomer can sign in
    And user B can no longer read the contact list
    But user A can read the contact list

  @TFS-ROLE-GUEST @critical
  Scenario Outline: TFS-ROLE-GUEST A guest who is in a room changes nothing there: the guest <change>
    Given user A and the guest are online
    And user A has opened the room "Launch" with the guest
    When the guest <change> by request
    Then the guest is refused because that is not allowed
    And user A receives nothing else
    But user A can be heard by the guest in the room "Launch"

    Examples:
      | change           | because                             |
      | renames the room | guests read along                   |
      | opens a thread   | it is a place where things are said |

  @TFS-X-ROOMS @critical
  Scenario Outline: TFS-X-ROOMS A user who is not in a room changes nothing there: user C <change>
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user C <change> by request
    Then user C is refused because that is not allowed
    And user A and user B receive nothing else
    But user A can be heard by user B in the room "Launch"

    Examples:
      | change           | because                                |
      | renames the room | its name is for those inside to choose |
      | opens a thread   | they would be heard by those inside    |

  @TFS-ROLE-GUEST @critical
  Scenario: TFS-ROLE-GUEST A guest reads along, and is not heard
    Given user A, user B and the guest are online
    And user A has opened the room "Launch" with user B and the guest
    When the guest sends "May I?" in the room "Launch"
    Then the guest is refused because that is not allowed
    And user A and user B receive nothing else
    But the guest can read the contact list

  @TFS-ROLE-GUEST @normal
  Scenario: TFS-ROLE-GUEST A guest hears what is said, and a member is heard
    Given user A and the guest are online
    And user A has opened the room "Launch" with the guest
    When user A sends "Listen" in the room "Launch"
    Then the guest receives "Listen" from user A in the room "Launch"
    And the guest receives nothing else

  @TFS-X-INVITATION @normal
  Scenario: TFS-X-INVITATION A newcomer who has been invited cannot be invited again meanwhile
    Given the company owner is online
    When the company owner invites the newcomer
    And the company owner invites the newcomer
    Then the company owner is refused because that is taken already

  @TFS-X-INVITATION @critical
  Scenario: TFS-X-INVITATION An invitation that has been withdrawn cannot be accepted
    Given the company owner is online
    When the company owner invites the newcomer
    And the company owner withdraws the invitation of the newcomer
    And the newcomer accepts the invitation
    Then the newcomer is refused because that is a mistake
    And the company owner sees 1 person in the contact list, all of their own company

  @TFS-X-INVITATION @normal
  Scenario: TFS-X-INVITATION A newcomer whose invitation was withdrawn can be invited again
    Given the company owner is online
    When the company owner invites the newcomer
    And the company owner withdraws the invitation of the newcomer
    And the company owner invites the newcomer
    And the newcomer accepts the invitation
    Then the newcomer can sign in

  @TFS-X-INVITATION @normal
  Scenario: TFS-X-INVITATION An invitation that has been accepted cannot be withdrawn
    Given the company owner is online
    When the company owner invites the newcomer
    And the newcomer accepts the invitation
    And the company owner withdraws the invitation of the newcomer
    Then the company owner is refused because that is a mistake
    But the newcomer can sign in

  @TFS-X-INVITATION @TFS-DATA-7 @critical
  Scenario Outline: TFS-X-INVITATION An invitation cannot be withdrawn by <who>
    Given the company owner and <who> are online
    When the company owner invites the newcomer
    And <who> withdraws the invitation of the newcomer
    And the newcomer accepts the invitation
    Then <who> is refused
    And the newcomer can sign in

    Examples:
      | who                          | because                            |
      | user A                       | members have no say over newcomers |
      | the owner of another company | they have no business here         |

  @TFS-X-INVITATION @critical
  Scenario: TFS-X-INVITATION An invitation cannot be accepted once its time is up
    Given the company owner is online
    When the company owner invites the newcomer
    And the invitation of the newcomer expires
    And the newcomer accepts the invitation
    Then the newcomer is refused because that is a mistake
    And the company owner sees 1 person in the contact list, all of their own company

  @TFS-X-INVITATION @normal
  Scenario: TFS-X-INVITATION A newcomer can be invited again once the invitation's time is up
    Given the company owner is online
    When the company owner invites the newcomer
    And the invitation of the newcomer expires
    And the company owner invites the newcomer
    And the newcomer accepts the invitation
    Then the company owner sees 2 people in the contact list, all of their own company

  @TFS-X-INVITATION @TFS-ERR-7 @critical
  Scenario: TFS-X-INVITATION An invitation that is accepted twice at the same moment gives one account
    Given the company owner is online
    When the company owner invites the newcomer
    And the newcomer accepts the invitation 2 times at once
    Then one attempt of the newcomer succeeds, and each other is refused
    And the company owner sees 2 people in the contact list, all of their own company

  @TFS-ROLE-ADMIN @TFS-DATA-8 @normal
  Scenario: TFS-DATA-8 A member who has been removed cannot be removed again
    Given the company owner, user A and user B are online
    When the company owner removes user B
    And the company owner removes user B
    Then the company owner is refused because that does not exist
    And user A sees 2 people in the contact list, all of their own company

  @TFS-ERR-5 @TFS-API-13 @normal
  Scenario: TFS-ERR-5 Invalid members, positions and invitations are refused
    Given the company owner and user A are online
    When the company owner makes these mistakes, one after the other
      | mistake                                             |
      | a member with an address that is taken              |
      | a member in an unknown position                     |
      | another position for a user who does not exist      |
      | the removal of a user who does not exist            |
      | an invitation of a user who has an account          |
      | an invitation of another owner                      |
      | an invitation that does not exist                   |
      | the acceptance of an invitation that does not exist |
      | the withdrawal of an invitation that does not exist |
      | an invalid page of the members                      |
      | more members than a page holds                      |
    Then each mistake of the company owner is refused, and the server fails at none
    And user A receives nothing else
    But user A can read the contact list

  @TFS-X-PAGES @normal
  Scenario: TFS-X-PAGES The people of a company are listed page by page, each of them once
    Given the company owner has an account
    And 4 others have accounts in the same company
    When the company owner tries to sign in
    Then the company owner is signed in
    And the company owner sees all 5 people of the company, 2 on a page

  @TFS-X-PAGES @normal
  Scenario: TFS-X-PAGES Rooms are listed page by page, each of them once
    Given user A and user B are signed in
    And user A has opened the room "Launch" with user B
    And user A has opened the room "Lunch" with user B
    When user A opens the room "Landing" with user B
    Then user A is shown all 3 rooms, 2 on a page, each of them once

  @TFS-X-PAGES @normal
  Scenario: TFS-X-PAGES Threads are listed page by page, each of them once
    Given user A and user B are signed in
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    And user A has opened the thread "Budget" with user B
    When user A opens the thread "Guests" with user B
    Then user A is shown all 3 threads, 2 on a page, each of them once

  @TFS-X-PAGES @normal
  Scenario: TFS-X-PAGES Files are listed page by page, each of them once
    Given user A is online
    When user A uploads the file "one.txt" in 1 piece to no place
    And user A uploads the file "two.txt" in 1 piece to no place
    And user A uploads the file "three.txt" in 1 piece to no place
    Then user A is shown all 3 files, 2 on a page, each of them once

  @TFS-X-PAGES @normal
  Scenario: TFS-X-PAGES A page that just holds a list leads to no other
    Given user A and user B are signed in
    And user A has opened the room "Launch" with user B
    When user A opens the thread "Plan" with user B
    Then user A is shown the rooms on a page that just holds them, and on no other
    And user A is shown the threads on a page that just holds them, and on no other

  @TFS-X-PAGES @TFS-API-07 @normal
  Scenario: TFS-X-PAGES A history that just fills a page leads to no empty one
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends 3 messages in the room "Launch", one after the other
    Then user B finds all 3 messages of user A in the room "Launch", 3 on a page

  @TFS-X-ADDRESS @normal
  Scenario: TFS-X-ADDRESS A company cannot have the address of another
    Given the company owner and the owner of another company are signed in
    When the company owner tries to give the company the address of the company of the owner of another company
    Then the company owner is refused because that is taken already
    And the owner of another company can read the contact list

  @TFS-X-CLOSING @critical
  Scenario: TFS-X-CLOSING A room that is closed is gone
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A closes the room "Launch" for everybody
    Then user A and user B cannot read what is said in the room "Launch"
    But user A can send messages to user B

  @TFS-X-CLOSING @TFS-X-SYNC @normal
  Scenario: TFS-X-CLOSING Those in a room are told when it is closed, and no other user is
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A closes the room "Launch" for everybody
    Then user B is told once that the room "Launch" has been closed
    And user C receives nothing else

  @TFS-X-CLOSING @TFS-ROLE-MEMBER @critical
  Scenario: TFS-X-CLOSING A member cannot close a room that another user has opened
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user B closes the room "Launch" for everybody
    Then user B is refused because that is not allowed
    But user A can be heard by user B in the room "Launch"

  @TFS-X-CLOSING @TFS-ROLE-OWNER @normal
  Scenario: TFS-X-CLOSING The owner of the company can close a room that a member has opened
    Given the company owner and user A are online
    And user A has opened the room "Launch" with the company owner
    When the company owner closes the room "Launch" for everybody
    And user A looks at the rooms
    Then the company owner is not turned away
    And user A is not shown the room "Launch"

  @TFS-ERR-5 @TFS-API-14 @normal
  Scenario: TFS-ERR-5 Invalid rooms and members of rooms are refused
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A makes these mistakes, one after the other
      | mistake                                              |
      | a member of the room who is there already            |
      | a member of the room who does not exist              |
      | the removal from the room of a user who is not there |
      | the end of a room that does not exist                |
    Then each mistake of user A is refused, and the server fails at none
    And user B receives nothing else
    But user A can send messages to user B

  @TFS-X-ROOMS @TFS-DATA-7 @critical
  Scenario: TFS-DATA-7 A user of another company cannot be added to a room
    Given user A, user B and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A adds the owner of another company to the room "Launch"
    Then user A is refused because that does not exist
    But user A can be heard by user B in the room "Launch"
