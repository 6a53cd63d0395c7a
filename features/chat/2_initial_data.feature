@chat
Feature: 2. Getting initial data from the server
  A client that has just signed in learns who there is, where to talk to them, and who is there now.

  @STP-2.1 @critical @smoke
  Scenario: 2.1 The list of all existing users is complete and correct
    Given user A is signed in
    And user B and user C have accounts
    When user A asks for the contact list
    Then user A sees every existing user and no other

  @STP-2.1 @normal
  Scenario: 2.1 The list of all existing users is complete when there are more than a hundred
    Given user A is signed in
    And 101 others have accounts
    When user A asks for the contact list
    Then user A sees every existing user and no other

  @STP-2.1 @normal
  Scenario: 2.1 A user who gets an account later is on the list when it is read again
    Given user A is signed in
    When user A asks for the contact list
    And user B signs in
    And user A asks for the contact list
    Then user A sees every existing user and no other

  @STP-2.2 @critical
  Scenario: 2.2 There is one room for each other user, and both see the same one
    Given user A and user B are signed in
    And user C has an account
    When user A asks for the contact list
    Then user A sees a room for each other user and no further room
    And user A and user B see the same room for each other
    And user A sees a different room for user B and for user C

  @STP-X18 @STP-2.2 @normal
  Scenario Outline: X18 A user with a name <written> is found in a room that opens, and is heard
    Given user B has a name <written>
    And user A and user B are online
    When user A asks for the contact list
    Then user A and user B see the same room for each other
    And user A can enter the room that the contact list shows for user B
    And user B can send messages to user A

    Examples:
      | written                   | because                                           |
      | in capitals               | capitals sort before small letters, or among them |
      | with a blank in it        | a blank is written otherwise in an address        |
      | with letters beyond ASCII | other letters are written otherwise in it too     |

  @STP-2.3 @critical
  Scenario: 2.3 Only users who are online are listed as online
    Given user A and user B are online
    And user C has an account
    When user A asks for the contact list
    Then user A sees user A and user B as online
    And user A sees user C as offline

  @STP-2.3 @critical
  Scenario: 2.3 A user who comes online is listed as online
    Given user A is signed in
    When user A comes online
    Then user A sees user A as online

  @STP-2.3 @critical
  Scenario: 2.3 A user who has signed out is no longer listed as online
    Given user A, user B and user C are online
    And user B has signed out
    When user A asks for the contact list
    Then user A sees user B as offline
    And user A sees user A and user C as online
