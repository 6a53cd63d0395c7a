@chat
Feature: 5. Keep Alive signals
  A user whose client gives no sign of life is logged out when the keep-alive limit is up, and not before.

  @STP-5.1 @critical @smoke
  Scenario: 5.1 A user whose client gives no sign of life is logged out
    Given user A and user B are online
    When the client of user A gives no more signs of life
    Then user B is told once that user A is offline
    And user A can no longer read the contact list

  @STP-5.1 @critical
  Scenario: 5.1 The connection of a client that gives no sign of life ends when the limit is up, and not before
    Given user A is online
    When the client of user A gives no more signs of life
    Then user A is disconnected at the keep-alive limit

  @STP-5.1 @normal
  Scenario: 5.1 A user cannot keep another user's client alive
    Given user A and user B are online
    When the client of user A gives no more signs of life
    And the client of user B gives signs of life in the name of user A
    Then user B is told once that user A is offline
    And user A can no longer read the contact list

  @STP-5.1 @normal
  Scenario: 5.1 A user who was refused something before is logged out for silence all the same
    Given user A, user B and user C are online
    And user A has tried to listen in on user B and user C
    When the client of user A gives no more signs of life
    Then user B is told once that user A is offline
    And user A can no longer read the contact list

  @STP-5.1 @normal
  Scenario: 5.1 The session of a user whose client has gone without a word ends as if the client were silent
    Given user A and user B are online
    When the client of user A goes away without a word
    And the client of user B gives signs of life just in time, for more than twice the keep-alive limit
    Then user A can no longer read the contact list
    But user B can read the contact list

  @STP-5.2 @critical
  Scenario: 5.2 A client that gives its sign of life in time stays connected
    Given user A and user B are online
    When the client of user A gives signs of life just in time, for more than twice the keep-alive limit
    Then user B sees user A as online
    And user A can send messages to user B
    And user A and user B are told of no other user coming or going

  @STP-5.2 @normal
  Scenario: 5.2 Every sign of life counts, also one that comes early
    Given user A and user B are online
    When the client of user A gives signs of life at uneven intervals, for more than twice the keep-alive limit
    Then user B sees user A as online
    And user A can send messages to user B
    And user A and user B are told of no other user coming or going

  @STP-X15 @normal
  Scenario: X15 A user who comes online only long after signing in is still signed in
    Given user A is signed in
    And user B is online
    When the client of user B gives signs of life just in time, for more than twice the keep-alive limit
    Then user A can read the contact list
    And user A can connect

  @STP-X15 @normal
  Scenario: X15 A user who has signed out and in again can come online much later
    Given user A and user B are online
    And user A has signed out
    When user A signs in
    And the client of user B gives signs of life just in time, for more than twice the keep-alive limit
    Then user A can read the contact list
    And user A can connect

  @STP-X15 @normal
  Scenario: X15 A user who signs in anew after a silence has the whole keep-alive limit again
    Given user A is online
    When user A signs in anew after a silence that is nearly too long, and is silent for as long again
    Then user A can read the contact list
