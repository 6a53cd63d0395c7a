@chat @breaks_system
Feature: 6. Chat Server restarted (recovery flow)
  A restart logs everybody out and costs them nothing else.

  @STP-6.1 @critical
  Scenario Outline: 6.1 Everybody is logged out when the chat server <restarts>
    Given user A and user B are online
    When the chat server <restarts>
    Then user A and user B are disconnected
    And user A and user B can no longer read the contact list
    But user C can sign in
    And user C sees user A and user B as offline

    Examples:
      | restarts                     | because                     |
      | is restarted                 | it has time to say good-bye |
      | crashes and is started again | it has no time for anything |

  @STP-6.2 @critical @smoke
  Scenario: 6.2 Users can sign in again after a restart
    Given user A and user B are online
    When the chat server crashes and is started again
    And user A and user B come online again
    Then user A sees user A and user B as online

  @STP-6.3 @critical
  Scenario: 6.3 Users can message each other after a restart
    Given user A and user B are online
    When the chat server crashes and is started again
    And user A and user B come online again
    And user A sends "Back so soon?" to user B
    Then user B receives "Back so soon?" from user A
    And user B can send messages to user A
    And user B receives nothing else

  @STP-6.4 @blocker
  Scenario Outline: 6.4 Cached messages are not lost when the chat server <restarts>
    Given user A is online
    And user A has sent to user B, who is offline
      | message          |
      | Keep this for me |
      | And this as well |
    When the chat server <restarts>
    And user B comes online
    Then user B receives from user A, in this order
      | message          |
      | Keep this for me |
      | And this as well |
    And user B receives nothing else

    Examples:
      | restarts                     | because                           |
      | is restarted                 | it may have kept them in memory   |
      | crashes and is started again | it has no time to write them down |

  @STP-6.4 @critical
  Scenario: 6.4 Cached messages are not lost when the chat server restarts twice
    Given user A is online
    And user A has sent "Keep this for me" to user B, who is offline
    When the chat server crashes and is started again
    And the chat server is restarted
    And user B comes online
    Then user B receives "Keep this for me" from user A
    And user B receives nothing else

  @STP-6.3 @normal
  Scenario: 6.3 Users can message each other after a second restart
    Given user A and user B are online
    When the chat server is restarted
    And the chat server crashes and is started again
    And user A and user B come online again
    And user A sends "Back so soon?" to user B
    Then user B receives "Back so soon?" from user A
    And user B can send messages to user A

  @STP-X21 @normal
  Scenario: X21 The administrator is told that a session is ended whose user has not been online since a restart
    Given user A has an account
    When the chat server is restarted
    And user A signs in
    And the administrator ends the session of user A
    Then user A can no longer read the contact list
    But user A can sign in
