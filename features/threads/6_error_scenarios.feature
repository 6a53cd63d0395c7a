@threads
Feature: 6. Error scenarios
  A user who makes a mistake is told which one, and no other user is disturbed.

  @TFS-ERR-5 @FR-007 @critical
  Scenario Outline: TFS-ERR-5 <mistake> is refused as a mistake
    Given the company owner and user A are online
    And the company owner has opened the room "Launch" with user A
    When the company owner requests <mistake>
    Then the company owner is refused because that is a mistake
    And user A receives nothing else
    But the company owner can send messages to user A

    Examples:
      | mistake                                   | because                     |
      | a message without words                   | a required field is missing |
      | a blank message                           | it is there, and empty      |
      | a message that is too long                | lengths have limits         |
      | a message in something that is not a room | it is of the wrong type     |
      | a room without a name                     | a required field is missing |
      | a room with a number for a name           | it is of the wrong type     |
      | a member without an address               | it is not an address        |
      | an unknown availability                   | there are only so many      |

  @TFS-ERR-3 @FR-007 @critical @smoke
  Scenario Outline: TFS-ERR-3 A user who asks for <missing> is told that it does not exist
    Given user A is online
    And user A has opened the room "Launch" with user B
    When user A requests <missing>
    Then user A is refused because that does not exist
    But user A can read the contact list

    Examples:
      | missing                                 | because                             |
      | something that is not there             | the document does not promise it    |
      | a message in a room that does not exist | its id looks like that of a room    |
      | a thread in a room that does not exist  | its id looks like that of a room    |
      | a room that does not exist              | its id looks like that of a room    |
      | a message that does not exist           | its id looks like that of a message |

  @TFS-PERF-9 @normal
  Scenario: TFS-PERF-9 Mistakes of every kind are all refused, and the server fails at none of them
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A makes these mistakes, one after the other
      | mistake                                 |
      | a message without words                 |
      | a room with a number for a name         |
      | a message that is too long              |
      | a message in a room that does not exist |
      | something that is not there             |
    Then each mistake of user A is refused, and the server fails at none
    But user A can send messages to user B

  @TFS-ERR-6 @critical
  Scenario Outline: TFS-ERR-6 <mistake> is refused before it costs anything
    Given user A is online
    And user A has opened the room "Launch" with user B
    When user A requests <mistake>
    Then user A is refused because that is too large
    But user A can read the contact list

    Examples:
      | mistake                     | because                  |
      | an upload that is too large | it would fill the store  |
      | more than can be taken      | it would fill the memory |

  @TFS-ERR-4 @FR-007 @critical
  Scenario Outline: TFS-ERR-4 <frame> on the live connection is answered with an error, and does no harm
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user A sends <frame>
    Then user A is refused
    And user B receives nothing else
    But user A can send messages to user B

    Examples:
      | frame                        | because                       |
      | a word that means nothing    | the system knows no such word |
      | nothing at all               | everything is missing         |
      | a list                       | it is of the wrong type       |
      | raw bytes                    | it is not even text           |
      | a message without words      | a required field is missing   |
      | a blank message              | there is nothing to read      |
      | a message that is too long   | lengths have limits           |
      | a message of an unknown kind | there are only so many kinds  |

  @TFS-X-CAUSE @normal
  Scenario Outline: TFS-X-CAUSE A user who sends <frame> on the live connection is told that this was a mistake
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user A sends <frame>
    Then user A is refused because that is a mistake

    Examples:
      | frame                        | because                      |
      | nothing at all               | everything is missing        |
      | a message without words      | a required field is missing  |
      | a message of an unknown kind | there are only so many kinds |

  @TFS-ERR-4 @critical
  Scenario: TFS-ERR-4 Something garbled costs at most its sender the connection
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user A sends something garbled
    Then user B receives nothing else
    And user A is connected again within 30 seconds
    And user A can send messages to user B

  @TFS-EVT-11 @critical
  Scenario: TFS-EVT-11 A user who sends to a room where they are not a member is told so, and is not heard
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user C sends "Let me in" in the room "Launch"
    Then user C is refused because that is not allowed
    And user A and user B receive nothing else
    And user A and user B are told of no mistake
    But user B can send messages to user A

  @TFS-EVT-11 @normal
  Scenario: TFS-EVT-11 A user who types in a room where they are not a member is told so, and is not shown
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user C begins to type in the room "Launch"
    Then user C is refused because that is not allowed
    And user A and user B receive nothing else
    But user B can send messages to user A

  @TFS-ERR-7 @critical
  Scenario Outline: TFS-ERR-7 Many mistakes at once are each told to the user who made them, and the system goes on: <mistake>
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When user A, user B and user C request <mistake> 20 times, all at once
    Then user A, user B and user C are refused 20 times because that is a mistake
    And user C receives nothing else
    But user A can send messages to user B

    Examples:
      | mistake                 | because                   |
      | a message without words | each is a request         |
      | a blank message, live   | all are on one connection |

  @TFS-ERR-6 @critical
  Scenario: TFS-ERR-6 A user who asks too often is refused for a while, and no other user is
    Given user A and user B are online
    When user A makes 250 requests without a pause
    And user B makes 5 requests, one after the other
    Then some of the requests of user A are refused because that is too much, and the others answered
    And user B gets an answer to every request
    And user A is answered again within 10 seconds

  @TFS-ERR-6 @critical
  Scenario: TFS-ERR-6 One user cannot use up all connections
    Given user A and user B are online
    When user A tries to connect 5 more times
    Then user A is refused because that is too much
    And user B can connect
    And user B can send messages to user A

  @TFS-ERR-2 @critical
  Scenario: TFS-ERR-2 A session that has expired opens nothing any more
    Given user A is online in a session that ends soon
    And user B is online
    When the session of user A has run out
    Then user A can no longer read the contact list
    And user A can no longer connect
    But user B can read the contact list

  @TFS-X-EXPIRY @critical
  Scenario: TFS-X-EXPIRY The live connection of a session that has expired ends
    Given user A is online in a session that ends soon
    When the session of user A has run out
    Then user A is disconnected

  @TFS-EVT-11 @TFS-ERR-4 @critical
  Scenario Outline: TFS-EVT-11 A user whose client sends <frame> is told so, and hears no more than before
    Given user A, user B and the owner of another company are online
    When the client of user A sends <frame>
    Then user A is refused
    And user A and user B receive nothing else
    But user A can send messages to user B

    Examples:
      | frame                                      | because                          |
      | a wish to hear another company             | companies are kept apart         |
      | a wish to hear a room that does not exist  | its id looks like that of a room |
      | a farewell to a room that it does not hear | there is nothing to leave        |
      | the token of another user                  | a connection stays with its user |

  @TFS-EVT-09 @normal
  Scenario: TFS-EVT-09 A user who asks again for the news of the company is told of it once all the same
    Given user A and user B are online
    When the client of user A sends a wish to hear its own company again
    And user B becomes busy live
    Then user A is told once that user B is busy
