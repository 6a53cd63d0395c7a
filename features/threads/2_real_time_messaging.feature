@threads
Feature: 2. Real-time messaging
  What is said in a place reaches every user there at once and no user elsewhere, and stays there after reloading.

  @TFS-EVT-03 @blocker @smoke
  Scenario: TFS-EVT-03 A message in a room reaches every user in it, once, and no other user
    Given user A, user B, user C and user D are online
    And user A has opened the room "Launch" with user B and user C
    When user A sends "Shall we begin?" in the room "Launch"
    Then user B and user C receive "Shall we begin?" from user A in the room "Launch"
    And user B, user C and user D receive nothing else
    And user B finds "Shall we begin?" from user A in the room "Launch"

  @TFS-EVT-03 @critical
  Scenario: TFS-EVT-03 A message in one room is not heard in another
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has opened the room "Lunch" with user B and user C
    When user A sends "Shall we begin?" in the room "Launch"
    Then user B receives "Shall we begin?" from user A in the room "Launch"
    And user B and user C receive nothing else

  @TFS-X-ORDER @critical
  Scenario: TFS-X-ORDER Messages sent without a pause all arrive, in the order sent
    Given user A and user B are online
    When user A sends 50 messages to user B without a pause
    Then user B receives all 50 messages of user A in the order sent
    And user B receives nothing else

  @TFS-EVT-03 @critical
  Scenario: TFS-EVT-03 Two people talk between themselves, and a third hears nothing of it
    Given user A, user B and user C are online
    When user A sends to user B
      | message           |
      | Are you coming?   |
      | We start at eight |
    And user B sends "I am" to user A
    Then user B receives from user A, in this order
      | message           |
      | Are you coming?   |
      | We start at eight |
    And user A receives "I am" from user B
    And user C receives nothing else

  @TFS-DATA-3 @normal
  Scenario Outline: TFS-DATA-3 A message is told and kept as it was written: <text>
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "<text>" in the room "Launch"
    Then user B receives "<text>" from user A in the room "Launch"
    And user B finds "<text>" from user A in the room "Launch"

    Examples:
      | text                        | because                                   |
      | Grüße aus Zürich, до завтра | people write in their own languages       |
      | 🎉👩‍👩‍👧 see you            | one emoji is made of several characters   |
      | <b>not bold</b> & co        | markup is text to the system              |
      | #Budget is not a room       | a sign that means something to some tools |

  @TFS-EVT-03 @normal
  Scenario: TFS-EVT-03 A user who sends a message is told that it was sent
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    Then user A is told once that "Shall we begin?" has been sent
    And user B receives "Shall we begin?" from user A in the room "Launch"

  @TFS-EVT-05 @critical @smoke
  Scenario: TFS-EVT-05 Only the sender of a message is told to whom it was delivered
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    Then user A is told once that "Shall we begin?" has been delivered to user B
    But user A has not been told that "Shall we begin?" has been delivered to user A
    And user B receives "Shall we begin?" from user A in the room "Launch"
    And user B receives nothing else

  @TFS-EVT-05 @critical
  Scenario: TFS-EVT-05 A message to a user who is away counts as delivered when they read it
    Given user A is online
    And user B is signed in
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    Then user A has not been told that "Shall we begin?" has been delivered to user B
    But user B finds "Shall we begin?" from user A in the room "Launch"
    And user A is told once that "Shall we begin?" has been delivered to user B

  @TFS-EVT-05 @TFS-API-07 @normal
  Scenario: TFS-EVT-05 A message that is not on the page that a user reads does not count as delivered
    Given user A is online
    And user B is signed in
    And user A has opened the room "Launch" with user B
    When user A sends 2 messages in the room "Launch", one after the other
    And user B reads the last 1 message in the room "Launch"
    Then user A is told once that "item 2 of 2" has been delivered to user B
    But user A has not been told that "item 1 of 2" has been delivered to user B

  @TFS-EVT-04 @normal
  Scenario: TFS-EVT-04 The others in the room are told when a user begins and stops typing
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A begins to type in the room "Launch"
    And user A stops typing in the room "Launch"
    Then user B is told once that user A has begun to type in the room "Launch"
    And user B is told once that user A has stopped typing in the room "Launch"
    And user A, user B and user C receive nothing else

  @TFS-X-TYPING @minor
  Scenario: TFS-X-TYPING A user who types is not told of it themselves
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A begins to type in the room "Launch"
    Then user B is told once that user A has begun to type in the room "Launch"
    But user A has not been told that user A has begun to type in the room "Launch"

  @TFS-X-TYPING @minor
  Scenario: TFS-X-TYPING A user who falls silent is soon said to have stopped typing, and a user who goes on is not
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A goes on typing in the room "Launch"
    And user C begins to type in the room "Launch"
    Then user B is told once that user C has begun to type in the room "Launch"
    And user B is told once that user C has stopped typing in the room "Launch"
    But user B has not been told that user A has stopped typing in the room "Launch"

  @TFS-X-AUTHOR @normal
  Scenario: TFS-X-AUTHOR Only its author can change a message
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    And user B requests a change to another's message
    Then user B is refused because that is not allowed
    And user A finds "Shall we begin?" from user A in the room "Launch"

  @TFS-X-DELETED @minor
  Scenario: TFS-X-DELETED A message that has been deleted cannot be changed any more
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Draft" in the room "Launch"
    And user A deletes a message by request
    And user A edits a message by request
    Then user A is refused because that is a mistake

  @TFS-EVT-03 @TFS-DATA-7 @critical
  Scenario Outline: TFS-EVT-03 A user cannot listen in on two others, not even <who>
    Given user A, user B and <who> are online
    And <who> has tried to listen in on user A and user B
    When user A sends "Between you and me" to user B
    Then user B receives "Between you and me" from user A
    And <who> receives nothing else

    Examples:
      | who                          | because                           |
      | user C                       | they are of the same company      |
      | the owner of another company | they have no business here at all |

  @TFS-API-07 @critical
  Scenario: TFS-API-07 The history of a room is complete, in order, and read only by its members
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    And user A sends "We are in a meeting" to user C
    And user B sends "Yes" in the room "Launch"
    Then user A and user B find in the room "Launch", in this order
      | from   | message         |
      | user A | Shall we begin? |
      | user B | Yes             |
    And user C cannot read what is said in the room "Launch"

  # Stated once for all kinds of change: what one way does, the other shows.

  @TFS-SCN-2 @FR-002 @blocker @smoke
  Scenario: TFS-SCN-2 A message sent by request is told live, and is there after reloading
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A sends a message in the room by request
    Then user B is told once of what user A has done
    And user B sees what user A has done after reloading
    And user C receives nothing else

  @TFS-API-06 @blocker
  Scenario: TFS-API-06 A message sent by request is stored, and read by everybody in its room
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends a message in the room by request
    Then user A and user B see what user A has done after reloading

  @TFS-API-05 @normal
  Scenario: TFS-API-05 A user who becomes busy by request is seen as busy by everybody who looks
    Given user A and user B are online
    When user A becomes busy by request
    Then user A and user B see what user A has done after reloading

  @TFS-API-05 @TFS-EVT-09 @normal
  Scenario: TFS-API-05 The others in the company are told when a user becomes busy by request
    Given user A and user B are online
    When user A becomes busy by request
    Then user B is told once of what user A has done

  @TFS-X-SYNC @critical
  Scenario Outline: TFS-X-SYNC Every change made by request is told live, and is there after reloading: a user <change>
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    When user A sends "Draft" in the room "Launch"
    And user A <change> by request
    Then user B is told once of what user A has done
    And user B sees what user A has done after reloading

    Examples:
      | change             | because                                  |
      | edits a message    | it replaces what was told before         |
      | answers a message  | it belongs to what was told before       |
      | deletes a message  | it takes back what was told before       |
      | renames the room   | it is about a place, not about a message |
      | renames the thread | it is about a place, not its messages    |
      | opens a room       | it concerns everybody in the company     |
      | takes another name | it is about a person                     |

  @TFS-X-ROOMS @TFS-X-SYNC @critical
  Scenario Outline: TFS-X-ROOMS No user outside a room is told when a user in it <change>
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    When user A sends "Draft" in the room "Launch"
    And user A <change> by request
    Then user B is told once of what user A has done
    And user C receives nothing else

    Examples:
      | change             | because                                |
      | edits a message    | what is said there is for those inside |
      | deletes a message  | so is what is taken back               |
      | renames the room   | even its name is                       |
      | renames the thread | a thread is no less closed             |

  @TFS-EVT-03 @FR-002 @blocker
  Scenario: TFS-EVT-03 A message sent live is told live, and is there after reloading
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A sends a message in the room live
    Then user B is told once of what user A has done
    And user B sees what user A has done after reloading
    And user C receives nothing else

  @TFS-EVT-09 @normal
  Scenario Outline: TFS-EVT-09 Users of the company are told when one of them becomes <state>, and no user elsewhere is
    Given user A, user B and the owner of another company are online
    When user A becomes <state> live
    Then user A and user B are told once that user A is <state>
    And the owner of another company receives nothing else

    Examples:
      | state | because                                 |
      | busy  | they are there, but do not want to talk |
      | away  | they are there, and not at hand         |

  @TFS-X-WORDS @minor
  Scenario: TFS-X-WORDS A user who becomes busy anew takes back the words that they had added
    Given user A and user B are online
    When user A announces a meeting live
    And user A becomes busy live
    Then user B is told first that user A is busy: "In a meeting", then that user A is busy
    And user B receives nothing else

  @TFS-DATA-3 @normal
  Scenario: TFS-DATA-3 Words of every kind arrive as they were written
    Given user A and user B are online
    When user A sends words of every kind to user B
    Then user B receives the words of every kind from user A, as they were written
    And user B receives nothing else

  @TFS-X-ORDER @critical
  Scenario: TFS-X-ORDER Two users who write to each other at the same time both get everything, in order
    Given user A and user B are online
    When user A and user B send each other 50 messages at the same time
    Then user A receives all 50 messages of user B in the order sent
    And user B receives all 50 messages of user A in the order sent
    And user A and user B receive nothing else

  @TFS-API-07 @TFS-X-ORDER @normal
  Scenario: TFS-API-07 The same words twice are told and kept twice
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Yes" in the room "Launch"
    And user A sends "Yes" in the room "Launch"
    Then user B finds in the room "Launch", in this order
      | from   | message |
      | user A | Yes     |
      | user A | Yes     |

  @TFS-X-TIMES @TFS-API-07 @normal
  Scenario: TFS-X-TIMES A history shows when each message was sent
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    Then user B finds "Shall we begin?" from user A in the room "Launch"
    And the times that user B is shown are true

  @TFS-API-07 @critical
  Scenario: TFS-API-07 A history of one message more than a page holds is read page by page
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends 51 messages in the room "Launch", one after the other
    Then user B finds all 51 messages of user A in the room "Launch", 50 on a page

  @TFS-X-COUNT @normal
  Scenario: TFS-X-COUNT A history says how many messages it has, a room without those of its threads
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user A sends 2 messages in the room "Launch", one after the other
    And user A sends "Seven hundred" in the thread "Budget"
    Then the history of the room "Launch" tells user B that it has 2 messages
    And the history of the thread "Budget" tells user B that it has 1 message

  @TFS-ERR-5 @TFS-API-06 @TFS-API-07 @normal
  Scenario: TFS-ERR-5 Invalid messages and pages of messages are refused
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user C
    When user A makes these mistakes, one after the other
      | mistake                                          |
      | a message with a character that cannot be stored |
      | a message in a thread of another room            |
      | an answer to a message that does not exist       |
      | an invalid page of messages                      |
      | more messages than a page holds                  |
    Then each mistake of user A is refused, and the server fails at none
    And user B and user C receive nothing else
    But user A can send messages to user B

  @TFS-ERR-5 @TFS-API-07 @normal
  Scenario: TFS-ERR-5 A request for messages that names no room is refused
    Given user A is signed in
    When user A requests messages of no room in particular
    Then user A is refused because that is a mistake
    But user A can read the contact list

  @TFS-X-AUTHOR @normal
  Scenario: TFS-X-AUTHOR A member cannot delete the message of another user
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    And user B deletes a message by request
    Then user B is refused because that is not allowed
    And user B finds "Shall we begin?" from user A in the room "Launch"

  @TFS-ROLE-OWNER @normal
  Scenario: TFS-ROLE-OWNER The owner of the company can delete the message of a member
    Given the company owner and user A are online
    And user A has opened the room "Launch" with the company owner
    When user A sends "Shall we begin?" in the room "Launch"
    And the company owner deletes a message by request
    Then user A sees what the company owner has done after reloading

  @TFS-X-ROOMS @normal
  Scenario: TFS-X-ROOMS A user who stops listening in a room hears nothing of it, and still reads it
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user B stops listening in the room "Launch"
    And user A sends "Among us" in the room "Launch"
    Then "Among us" from user A in the room "Launch" does not reach user B
    But user B finds "Among us" from user A in the room "Launch"

  @TFS-X-TYPING @minor
  Scenario: TFS-X-TYPING The others' typing is still shown after a user who was typing has gone away
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A begins to type in the room "Launch"
    And user C begins to type in the room "Launch"
    And the client of user A goes away without a word
    And user C stops typing in the room "Launch"
    Then user B is told once that user C has stopped typing in the room "Launch"
