@chat @breaks_system
Feature: 7. Databases unavailable (critical error handling)
  Without its databases the chat server serves no user, says so, and serves again when they are back.

  Rule: Every user is logged out when Postgres is lost

    Background:
      Given user A and user B are online

    @STP-7.1 @critical
    Scenario Outline: 7.1 Everybody is logged out when Postgres <goes>
      When Postgres <goes>
      Then user A and user B are disconnected
      When Postgres is back
      Then user A can sign in

      Examples:
        | goes       | because                                |
        | is stopped | its connections end in good order      |
        | is killed  | its connections break                  |
        | hangs      | its connections stay and get no answer |
        | is cut off | it is well, but out of reach           |

    @STP-7.1 @critical
    Scenario: 7.1 Everybody is logged out in the middle of a conversation when Postgres is lost
      Given user A and user B are in the middle of a conversation
      When Postgres is killed
      Then user A and user B are disconnected

    @STP-7.1 @normal
    Scenario: 7.1 Sessions from before the loss of Postgres stay ended when it is back
      When Postgres is lost and comes back
      Then user A and user B can no longer read the contact list
      But user A can sign in

    @STP-7.1 @critical
    Scenario: 7.1 Everybody is logged out again when Postgres is lost a second time
      Given Postgres has been lost and has come back
      And user A and user B have come online again
      When Postgres is killed
      Then user A and user B are disconnected

  Rule: Every user is logged out when Redis is lost

    Background:
      Given user A and user B are online

    @STP-7.2 @critical
    Scenario Outline: 7.2 Everybody is logged out when Redis <goes>
      When Redis <goes>
      Then user A and user B are disconnected
      When Redis is back
      Then user A can sign in

      Examples:
        | goes       | because                                |
        | is stopped | its connections end in good order      |
        | is killed  | its connections break                  |
        | hangs      | its connections stay and get no answer |
        | is cut off | it is well, but out of reach           |

    @STP-7.2 @critical
    Scenario: 7.2 Everybody is logged out in the middle of a conversation when Redis is lost
      Given user A and user B are in the middle of a conversation
      When Redis is killed
      Then user A and user B are disconnected

    @STP-7.2 @critical
    Scenario: 7.2 Everybody is logged out again when Redis is lost a second time
      Given Redis has been lost and has come back
      And user A and user B have come online again
      When Redis is killed
      Then user A and user B are disconnected

  Rule: Users are told of an outage, and lose nothing by it

    @STP-X3 @normal
    Scenario: X3 Messages cached before Redis was out of reach are there when it is back
      Given user A is online
      And user A has sent "This must not get lost" to user B, who is offline
      When Redis is out of reach for a while
      And user B comes online
      Then user B receives "This must not get lost" from user A
      And user B receives nothing else

    @STP-X2 @normal
    Scenario Outline: X2 Everybody who is logged out is told that <database> is unavailable when it <goes>
      Given user A and user B are online
      When <database> <goes>
      Then user A and user B are told that <database> is unavailable
      When <database> is back
      Then user A can sign in

      Examples:
        | database | goes       | because                                |
        | Postgres | is stopped | its connections end in good order      |
        | Postgres | hangs      | its connections stay and get no answer |
        | Redis    | is killed  | its connections break                  |
        | Redis    | is cut off | it is well, but out of reach           |

    @STP-7.3 @critical @smoke
    Scenario Outline: 7.3 A user who signs in while <database> is unavailable is told so
      Given user A has an account
      And <database> is stopped
      When user A tries to sign in
      Then user A is told that <database> is unavailable
      When <database> is back
      Then user A can sign in

      Examples:
        | database | because               |
        | Postgres | it knows the users    |
        | Redis    | it keeps the sessions |

    @STP-7.3 @normal
    Scenario Outline: 7.3 Users sign in and talk again when <database> is back after a long time
      Given user A and user B are online
      When <database> is lost for a long time and comes back
      And user A and user B come online again
      Then user A can send messages to user B

      Examples:
        | database | because               |
        | Postgres | it knows the users    |
        | Redis    | it keeps the sessions |

    @STP-7.1 @normal
    Scenario: 7.1 A user who is connected and not online yet is logged out too when Postgres is lost
      Given user A is signed in
      When user A tries to connect
      And Postgres is killed
      Then user A is disconnected
      When Postgres is back
      Then user A can sign in

    @STP-7.2 @normal
    Scenario: 7.2 A user who is connected and not online yet is logged out too when Redis is lost
      Given user A is signed in
      When user A tries to connect
      And Redis is killed
      Then user A is disconnected
      When Redis is back
      Then user A can sign in

    @STP-7.2 @STP-X7 @normal
    Scenario: 7.2 Every connection of a user ends when Redis is lost
      Given user A and user B are online on 2 connections each
      When Redis is killed
      Then user A and user B are disconnected
      When Redis is back
      Then user A can sign in
