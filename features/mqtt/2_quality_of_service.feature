@mqtt
Feature: 2. Quality of service
  A user who publishes says how often a message is to arrive.

  @MQTT-4.3 @critical @smoke
  Scenario Outline: 4.3 A message that is to arrive <quality> arrives, and only once as long as no connection is lost
    Given user A is online
    And user B is subscribed to the topic "orders"
    When user A publishes "Paid" on the topic "orders" <quality>
    Then "Paid" on the topic "orders" reaches user B
    And user B receives nothing else

    Examples:
      | quality       | because                       |
      | at most once  | it is said, and not confirmed |
      | at least once | it is confirmed               |
      | exactly once  | both sides confirm it         |

  @MQTT-4.3.2 @critical
  Scenario: 4.3.2 A message that is to arrive at least once arrives, although its sender lost the connection
    Given user A is online
    And user B is subscribed to the topic "orders"
    When user A publishes "Paid" on the topic "orders" at least once, and loses the connection at once
    And user A comes online again
    Then "Paid" on the topic "orders" reaches user B at least once

  @MQTT-4.3.3 @critical
  Scenario: 4.3.3 A message that is to arrive exactly once does so, although its sender had to send it twice
    Given user A is online
    And user B is subscribed to the topic "orders"
    When user A publishes "Paid" on the topic "orders" exactly once, and loses the connection at once
    And user A comes online again
    Then "Paid" on the topic "orders" reaches user B
    And user B receives nothing else

  @MQTT-4.4 @critical
  Scenario: 4.4 Messages that are to arrive exactly once do so, although their subscriber lost the connection meanwhile
    Given user A is online
    And user B is subscribed to the topic "orders"
    When user A publishes 30 messages on the topic "orders" exactly once, while user B is cut off and comes back
    Then user B receives all 30 messages on the topic "orders" in the order published
    And user B receives nothing else

  @MQTT-4.6 @critical
  Scenario Outline: 4.6 Messages that are to arrive <quality> keep their order
    Given user A is online
    And user B is subscribed to the topic "orders"
    When user A publishes 50 messages on the topic "orders" <quality>, without a pause
    Then user B receives all 50 messages on the topic "orders" in the order published
    And user B receives nothing else

    Examples:
      | quality       | because                    |
      | at most once  | they are sent as they come |
      | at least once | each is confirmed          |
      | exactly once  | each is confirmed twice    |
