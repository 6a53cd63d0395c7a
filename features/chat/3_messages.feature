@chat
Feature: 3. Sending messages from one user to another
  A message reaches its addressee and no other user: once, as it was written, in order, and later if the addressee is away.

  @STP-3.1 @blocker @smoke
  Scenario: 3.1 A message reaches a user who is online, once
    Given user A and user B are online
    When user A sends "Lunch at noon?" to user B
    Then user B receives "Lunch at noon?" from user A
    And user B receives nothing else

  @STP-3.1 @normal
  Scenario: 3.1 Words of every kind arrive as they were written
    Given user A and user B are online
    When user A sends words of every kind to user B
    Then user B receives the words of every kind from user A, as they were written
    And user B receives nothing else

  @STP-3.1 @normal
  Scenario: 3.1 A message of several lines arrives as one, line by line as it was written
    Given user A and user B are online
    When user A sends this message to user B
    """
    We need for the trip:
      - tents
      - the "big" stove

    Who has them?
    """
    Then user B receives this message from user A
    """
    We need for the trip:
      - tents
      - the "big" stove

    Who has them?
    """
    And user B receives nothing else

  @STP-3.2 @critical
  Scenario: 3.2 Several messages all arrive, in the order they were sent
    Given user A and user B are online
    When user A sends to user B
      | message           |
      | Are you coming?   |
      | We start at eight |
      | Bring the map     |
    Then user B receives from user A, in this order
      | message           |
      | Are you coming?   |
      | We start at eight |
      | Bring the map     |
    And user B receives nothing else

  @STP-3.2 @critical
  Scenario: 3.2 Messages sent without a pause keep their order
    Given user A and user B are online
    When user A sends 100 messages to user B without a pause
    Then user B receives all 100 messages of user A in the order sent
    And user B receives nothing else

  @STP-3.2 @normal
  Scenario: 3.2 The same words twice arrive twice
    Given user A and user B are online
    When user A sends to user B
      | message |
      | Yes     |
      | Yes     |
      | Really  |
    Then user B receives from user A, in this order
      | message |
      | Yes     |
      | Yes     |
      | Really  |
    And user B receives nothing else

  @STP-3.2 @critical
  Scenario: 3.2 Two users who write to each other at the same time both get everything, in order
    Given user A and user B are online
    When user A and user B send each other 50 messages at the same time
    Then user A receives all 50 messages of user B in the order sent
    And user B receives all 50 messages of user A in the order sent
    And user A and user B receive nothing else

  @STP-3.2 @normal
  Scenario: 3.2 Messages of two senders keep their senders
    Given user A, user B and user C are online
    When user A sends "I am first" to user B
    And user C sends "So am I" to user B
    Then user B receives "I am first" from user A
    And user B receives "So am I" from user C
    And user B receives nothing else

  @STP-X7 @critical
  Scenario: X7 A user who is connected twice hears and is heard on both connections
    Given user A and user B are online
    When user A tries to connect 1 more time
    Then user A hears user B on every connection
    And user A is heard by user B on every connection

  @STP-3.3 @blocker @smoke
  Scenario: 3.3 Only the addressee receives a message
    Given user A, user B and user C are online
    When user A sends "Between you and me" to user B
    Then user B receives "Between you and me" from user A
    And user C receives nothing else
    And user A receives nothing else

  @STP-3.3 @critical
  Scenario: 3.3 A user cannot listen in on two others
    Given user A, user B and user C are online
    And user C has tried to listen in on user A and user B
    When user A sends "Between you and me" to user B
    Then user B receives "Between you and me" from user A
    And user C receives nothing else

  @STP-3.4 @critical
  Scenario: 3.4 One message to one user, two to another: each gets their own
    Given user A, user B and user C are online
    When user A sends "Doors at seven" to user B
    And user A sends to user C
      | message         |
      | Bring the tents |
      | And the stove   |
    Then user B receives "Doors at seven" from user A
    And user C receives from user A, in this order
      | message         |
      | Bring the tents |
      | And the stove   |
    And user B and user C receive nothing else

  @STP-3.5 @critical
  Scenario: 3.5 A message to a user who is offline is cached
    Given user A is online
    And user B has an account
    When user A sends "See you tomorrow" to user B
    Then "See you tomorrow" from user A is cached for user B

  @STP-3.5 @blocker @smoke
  Scenario: 3.5 Cached messages are delivered, in order and once, when their addressee comes online
    Given user A is online
    And user A has sent to user B, who is offline
      | message            |
      | The train is late  |
      | Start without me   |
      | Keep me some bread |
    When user B comes online
    Then user B receives from user A, in this order
      | message            |
      | The train is late  |
      | Start without me   |
      | Keep me some bread |
    And user B receives nothing else
    And nothing is cached for user B

  @STP-3.5 @critical
  Scenario: 3.5 Messages sent without a pause are cached, all of them and in their order
    Given user A is online
    And user B has an account
    When user A sends 20 messages to user B without a pause
    And user B comes online
    Then user B receives all 20 messages of user A in the order sent
    And user B receives nothing else

  @STP-3.5 @normal
  Scenario: 3.5 Many messages are cached, all of them and in their order
    Given user A is online
    And user B has an account
    When user A sends 150 messages to user B without a pause
    And user B comes online
    Then user B receives all 150 messages of user A in the order sent
    And user B receives nothing else

  @STP-3.5 @critical
  Scenario: 3.5 Messages of several senders to one user are all cached, each with its sender
    Given user A and user C are online
    And user A has sent "The train is late" to user B, who is offline
    And user C has sent "Start without me" to user B, who is offline
    When user B comes online
    Then user B receives "The train is late" from user A
    And user B receives "Start without me" from user C
    And user B receives nothing else

  @STP-X14 @critical
  Scenario: X14 Messages of several senders to one user are delivered in the order in which they were sent
    Given user A and user C are online
    And user A has sent "Who has the map?" to user B, who is offline
    And user C has sent "Not me" to user B, who is offline
    And user A has sent "Then we buy one" to user B, who is offline
    When user B comes online
    Then user B receives, in this order
      | from   | message          |
      | user A | Who has the map? |
      | user C | Not me           |
      | user A | Then we buy one  |
    And user B receives nothing else

  @STP-3.5 @normal
  Scenario: 3.5 The same words twice are cached twice
    Given user A is online
    And user A has sent to user B, who is offline
      | message |
      | Yes     |
      | Yes     |
      | Really  |
    When user B comes online
    Then user B receives from user A, in this order
      | message |
      | Yes     |
      | Yes     |
      | Really  |
    And user B receives nothing else

  @STP-3.5 @normal
  Scenario: 3.5 Words of every kind are cached as they were written
    Given user A is online
    And user A has sent words of every kind to user B, who is offline
    When user B comes online
    Then user B receives the words of every kind from user A, as they were written
    And user B receives nothing else

  @STP-X11 @normal
  Scenario: X11 Messages that are not text reach a user who was away as they reach a user who was online
    Given user A and user B are online
    And user C has an account
    When user A sends messages that are not text to user B and user C
    And user C comes online
    Then user C receives from user A what user B has received

  @STP-3.5 @STP-X7 @critical
  Scenario: 3.5 Cached messages are delivered once to an addressee who comes online with two clients at the same time
    Given user A is online
    And user A has sent "Once is enough" to user B, who is offline
    When user B comes online on 2 connections at the same time
    Then user B receives "Once is enough" from user A
    And user B receives nothing else
    And user A is told once that user B is online

  @STP-3.5.1 @critical
  Scenario: 3.5.1 No message is lost or doubled while its addressee is just coming online
    Given user A is online
    And user B has an account
    When user A sends 20 messages to user B, who comes online meanwhile
    Then user B receives all 20 messages of user A in the order sent
    And user B receives nothing else

  @STP-3.5.1 @critical
  Scenario: 3.5.1 No message is lost or doubled while many users are just coming online
    Given 8 pairs of users, of whom one is online
    When one of each of the 8 pairs sends 15 messages without a pause to the other, who comes online meanwhile
    Then the other of each of the 8 pairs receives all 15 messages in the order sent
    And the other of each of the 8 pairs receives nothing else

  @STP-3.5 @critical
  Scenario: 3.5 Cached messages go to their addressee alone
    Given user A is online
    And user A has sent "For your eyes only" to user B, who is offline
    When user C comes online
    And user B comes online
    Then user B receives "For your eyes only" from user A
    And user C receives nothing else

  @STP-3.5 @critical
  Scenario: 3.5 Messages cached for one user are still there when another has got theirs
    Given user A is online
    And user A has sent "For the first" to user B, who is offline
    And user A has sent "For the second" to user C, who is offline
    When user B comes online
    And user C comes online
    Then user B receives "For the first" from user A
    And user C receives "For the second" from user A

  @STP-3.5 @critical
  Scenario: 3.5 Cached messages are not delivered a second time
    Given user A is online
    And user A has sent "Once is enough" to user B, who is offline
    When user B comes online
    And user B signs out
    And user B comes online again
    Then user B receives "Once is enough" from user A
    And user B receives nothing else

  @STP-3.5.1 @critical
  Scenario: 3.5.1 A message from before and a message from after coming online both arrive, in this order
    Given user A is online
    And user A has sent "Written while you were away" to user B, who is offline
    When user B comes online
    And user A sends "Good to have you back" to user B
    Then user B receives from user A, in this order
      | message                     |
      | Written while you were away |
      | Good to have you back       |
    And user B receives nothing else

  @STP-3.6 @critical
  Scenario Outline: 3.6 Messages flow again after <who> has signed in anew
    Given user A and user B are online
    When <who> signs out
    And <who> comes online again
    And user A sends "Where were we?" to user B
    Then user B receives "Where were we?" from user A
    And user B can send messages to user A

    Examples:
      | who    | because                                  |
      | user A | the sender's new session must be good    |
      | user B | the receiver's new session must be found |

  @STP-3.7 @normal
  Scenario: 3.7 A message to a user who does not exist disturbs no other user
    Given user A and user B are online
    When user A sends "Is anybody there?" to a user who does not exist
    Then user B receives nothing else
    And user A can send messages to user B
    And user B can send messages to user A

  @STP-X13 @normal
  Scenario: X13 A user who writes to a user who does not exist is told so
    Given user A and user B are online
    When user A sends "Is anybody there?" to a user who does not exist
    Then user A is refused
    And user B is told of no refusal
    But user A can send messages to user B

  @STP-X22 @STP-3.7 @normal
  Scenario: X22 A user who was written to before they had an account is reached once they have one
    Given user A is online
    When user A sends "Are you there yet?" to the newcomer
    And the newcomer registers
    And user A sends "Welcome to all of us" to the newcomer
    And the newcomer comes online
    Then the newcomer receives "Welcome to all of us" from user A

  @STP-X17 @STP-3.1 @normal
  Scenario: X17 A message of a hundred thousand letters arrives whole
    Given user A and user B are online
    When user A sends a message of 100000 letters to user B
    Then user B receives the message of 100000 letters from user A, to its last letter
    And user A can send messages to user B
