@threads
Feature: 7. Recovery
  Whatever is interrupted is back within 30 seconds, and everything is as it was: rooms, history, uploads.

  @TFS-SCN-5 @TFS-REC-1 @TFS-PERF-6 @FR-008 @blocker @smoke
  Scenario: TFS-SCN-5 A user who loses the connection is back within 30 seconds, and hears their rooms
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B goes away without a word
    Then user B is connected again within 30 seconds
    And user A can be heard by user B in the room "Launch"

  @TFS-EVT-12 @critical @smoke
  Scenario: TFS-EVT-12 A user who comes back is told which rooms have been restored
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B goes away without a word
    Then user B is connected again within 30 seconds
    And user B is told once that the connection has been recovered
    And user B is told once that the room "Launch" has been restored

  @TFS-X-AWAY @normal
  Scenario: TFS-X-AWAY A user who comes back is told since when they were away
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B goes away without a word
    And user A sends "You missed this" in the room "Launch"
    Then user B is connected again within 30 seconds
    And user B is told once that the connection has been recovered

  @TFS-EVT-12 @normal
  Scenario: TFS-EVT-12 A user who was never connected before is not told of a recovery
    Given user A is signed in
    When user A comes online
    Then user A is told once that user A is connected
    And user A has not been told that the connection has been recovered

  @TFS-API-05 @normal
  Scenario: TFS-API-05 A user who has lost the connection is not shown as online
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B goes away without a word
    And user A sends "Are you there?" in the room "Launch"
    Then user A sees user B as offline
    But user A sees user A as online

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who comes back is not in a room that they have been removed from meanwhile
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    When the client of user B goes away without a word
    And user A removes user B from the room "Launch"
    Then user B is connected again within 30 seconds
    And user A can be heard by user C in the room "Launch"
    And user B receives nothing else

  @TFS-EVT-12 @TFS-X-ROOMS @normal
  Scenario: TFS-EVT-12 A user who comes back is not in a room where they had stopped listening
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user B stops listening in the room "Launch"
    And the client of user B goes away without a word
    Then user B is connected again within 30 seconds
    And user B is told once that the connection has been recovered
    And user B has not been told that the room "Launch" has been restored

  @TFS-X-CLOSING @normal
  Scenario: TFS-X-CLOSING A user who comes back is not in a room that has been closed meanwhile
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B goes away without a word
    And user A closes the room "Launch" for everybody
    Then user B is connected again within 30 seconds
    And user B has not been told that the room "Launch" has been restored
    But user A can send messages to user B

  @TFS-EVT-12 @normal
  Scenario: TFS-EVT-12 A user whose client has taken its leave is not told of a recovery
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B takes its leave
    And user B comes online again
    Then user B has not been told that the connection has been recovered
    And user A can be heard by user B in the room "Launch"

  @TFS-EVT-12 @TFS-X-DEVICES @normal
  Scenario: TFS-EVT-12 A user who has closed one of two windows still comes back to their rooms
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user B is online on 2 connections
    When one of the clients of user B takes its leave
    And the client of user B goes away without a word
    And user B comes online again
    Then user B is told once that the room "Launch" has been restored

  @TFS-SCN-5 @FR-008 @critical
  Scenario: TFS-SCN-5 A user who was away finds what was said when they are back
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the client of user B goes away without a word
    And user A sends "You missed this" in the room "Launch"
    Then user B is connected again within 30 seconds
    And user B finds "You missed this" from user A in the room "Launch"
    And user A can be heard by user B in the room "Launch"

  @TFS-ERR-1 @FR-008 @breaks_system @critical
  Scenario: TFS-ERR-1 Everybody is back after the network was lost
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When the threads server is cut off
    And the threads server is back
    Then user A and user B are disconnected
    And user A and user B are connected again within 30 seconds
    And user A can be heard by user B in the room "Launch"

  @TFS-SCN-5 @FR-008 @breaks_system @critical
  Scenario Outline: TFS-SCN-5 Rooms and what was said there are as they were after the server <restarts>
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Before" in the room "Launch"
    And the threads server <restarts>
    Then user A and user B are connected again within 30 seconds
    And user B finds "Before" from user A in the room "Launch"
    And user A can be heard by user B in the room "Launch"

    Examples:
      | restarts                     | because                     |
      | is restarted                 | it has time to say good-bye |
      | crashes and is started again | it has no time for anything |

  @TFS-X-SIGNOUT @breaks_system @critical
  Scenario: TFS-X-SIGNOUT A session that has been signed out opens nothing after a restart either
    Given user A and user B are online
    When user A signs out
    And the threads server is restarted
    Then user A can no longer read the contact list
    And user A can no longer connect
    But user B can read the contact list

  @TFS-ERR-1 @FR-008 @breaks_system @critical
  Scenario: TFS-ERR-1 A conversation goes on after the server has crashed in the middle of it
    Given user A and user B are online
    And user A and user B are in the middle of a conversation
    When the threads server crashes and is started again
    Then user A and user B are disconnected
    And user A and user B are connected again within 30 seconds
    And user A can send messages to user B
    And user B can send messages to user A

  @TFS-SCN-5 @breaks_system @critical
  Scenario: TFS-SCN-5 An upload goes on where it was after the server has crashed
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 4 pieces to the room "Launch"
    And user A has sent 2 pieces of the file "plan.pdf"
    When the threads server crashes and is started again
    Then user A is connected again within 30 seconds
    And user A can send the rest of the file "plan.pdf"

  @TFS-API-10 @breaks_system @normal
  Scenario: TFS-API-10 A file is what was sent, though the server has crashed meanwhile
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 4 pieces to the room "Launch"
    And user A has sent 2 pieces of the file "plan.pdf"
    When the threads server crashes and is started again
    Then user A is connected again within 30 seconds
    And user A can send the rest of the file "plan.pdf", which is then as it was sent

  @TFS-DATA-6 @breaks_system @critical
  Scenario: TFS-DATA-6 Users go on after one kind of failure has followed another
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When Postgres is lost and comes back
    And the threads server crashes and is started again
    And the client of user B goes away without a word
    Then user A and user B are connected again within 30 seconds
    And user A can be heard by user B in the room "Launch"

  @TFS-REC-2 @critical
  Scenario: TFS-REC-2 A user whose session has expired refreshes it and goes on, without signing in
    Given user A is online in a session that ends soon
    And user B is online
    And user A has opened the room "Launch" with user B
    When the session of user A has run out
    And user A refreshes the session
    Then user A is connected again within 30 seconds
    And user B can be heard by user A in the room "Launch"

  @TFS-EVT-12 @normal
  Scenario: TFS-EVT-12 A user who refreshes an expired session is told which rooms have been restored
    Given user A is online in a session that ends soon
    And user A has opened the room "Launch" with user B
    When the session of user A has run out
    And user A refreshes the session
    Then user A is connected again within 30 seconds
    And user A is told that the room "Launch" has been restored

  Rule: A sender is told that the database is unavailable, and of each new attempt

    Background:
      Given user A and user B are online
      And user A has opened the room "Launch" with user B

    @TFS-REC-3 @TFS-EVT-13 @breaks_system @critical
    Scenario Outline: TFS-EVT-13 A sender is told of each new attempt when Postgres <goes>, and of the end
      Given Postgres <goes>
      When user A sends "Is anybody there?" in the room "Launch"
      Then user A is told of 3 new attempts, each after a longer pause
      And user A is told that Postgres is unavailable
      When Postgres is back
      Then user A can sign in

      Examples:
        | goes       | because                                                    |
        | is stopped | each attempt fails at once, so several cost little         |
        | is cut off | it is there, but nothing reaches it and nothing comes back |

    @TFS-REC-3 @TFS-EVT-13 @breaks_system @normal
    Scenario: TFS-EVT-13 A sender is told of each new attempt in a second outage as in the first
      When Postgres is lost and comes back
      And Postgres is stopped
      And user A sends "Is anybody there?" in the room "Launch"
      Then user A is told of 3 new attempts, each after a longer pause
      And user A is told that Postgres is unavailable
      When Postgres is back
      Then user A can sign in

    @TFS-REC-3 @TFS-EVT-13 @breaks_system @normal
    Scenario: TFS-EVT-13 A user who sends while the database hangs is told of the one new attempt, and of the end
      Given Postgres hangs
      When user A sends "Is anybody there?" in the room "Launch"
      Then user A is told of 1 new attempt
      And user A is told that Postgres is unavailable
      When Postgres is back
      Then user A can sign in

    @TFS-X-CAUSE @breaks_system @critical
    Scenario: TFS-X-CAUSE A message sent while the database is down is rejected with the reason, and only its sender is told
      Given Postgres is stopped
      When user A sends "Is anybody there?" in the room "Launch"
      Then user A is told that Postgres is unavailable
      When Postgres is back
      Then user A can sign in
      And user B receives nothing else

  Rule: The server knows that its database is away, and says so at once

    @TFS-REC-4 @breaks_system @normal
    Scenario: TFS-REC-4 The server says of itself that it is not ready while the database is away
      Given user A is online
      When Postgres is stopped
      Then the threads server says that it is not well
      When Postgres is back
      Then the threads server is well
      And user A can sign in

    @TFS-REC-4 @FR-007 @breaks_system @critical
    Scenario Outline: TFS-REC-4 After several failed requests, further ones are rejected at once when Postgres <goes>
      Given user A is online
      And Postgres <goes>
      When user A makes 5 requests, one after the other
      Then user A is turned away each time, the last time without waiting
      When Postgres is back
      Then user A can sign in

      Examples:
        | goes       | because                                      |
        | is stopped | everybody hears at once that it is not there |
        | hangs      | each attempt would take as long as allowed   |

    @TFS-X-CAUSE @breaks_system @critical
    Scenario: TFS-X-CAUSE A user who signs in while the database is down is told why
      Given user A has an account
      And Postgres is stopped
      When user A tries to sign in
      Then user A is told that Postgres is unavailable
      When Postgres is back
      Then user A can sign in

  Rule: What needs no database goes on, and what was said is kept

    Background:
      Given user A and user B are online
      And user A has opened the room "Launch" with user B

    @TFS-REC-5 @FR-007 @breaks_system @critical
    Scenario: TFS-REC-5 Open connections, typing and availability need no database, and go on without it
      Given Postgres is stopped
      When user A begins to type in the room "Launch"
      And user A becomes busy live
      Then user B is told that user A has begun to type in the room "Launch"
      And user B is told that user A is busy

    @TFS-REC-5 @breaks_system @critical
    Scenario: TFS-REC-5 A user whose request fails keeps the live connection
      Given Postgres is stopped
      When user A makes 2 requests, one after the other
      And user A begins to type in the room "Launch"
      Then user B is told that user A has begun to type in the room "Launch"

    @TFS-REC-5 @FR-008 @breaks_system @critical
    Scenario: TFS-REC-5 Rooms and what was said there are as they were when the database is back
      When user A sends "Before" in the room "Launch"
      And Postgres is lost and comes back
      Then user B receives "Before" from user A in the room "Launch"
      And user B finds "Before" from user A in the room "Launch"
      And user A can be heard by user B in the room "Launch"
