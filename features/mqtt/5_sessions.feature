@mqtt
Feature: 5. Sessions
  A session outlasts its connection: a client that comes back goes on where it was.

  @MQTT-4.1 @critical
  Scenario Outline: 4.1 A user whose client <goes> gets all that was published meanwhile, in order
    Given user A is online
    And user B is subscribed to the topic "orders"
    When the client of user B <goes>
    And user A publishes 100 messages on the topic "orders" <quality>, without a pause
    And user B comes online again
    Then user B receives all 100 messages on the topic "orders" in the order published
    And user B receives nothing else

    Examples:
      | goes                     | quality       | because                           |
      | takes its leave          | at least once | its session was not over          |
      | goes away without a word | exactly once  | the broker learns of it by itself |

  @MQTT-3.1.2.4 @critical
  Scenario: 3.1.2.4 A user who comes back need not subscribe again
    Given user A is online
    And user B is subscribed to the topic "orders"
    When the client of user B takes its leave
    And user B comes online again
    And user A publishes "Paid" on the topic "orders"
    Then "Paid" on the topic "orders" reaches user B
    And user B receives nothing else

  @MQTT-3.1.2.4 @critical
  Scenario: 3.1.2.4 A user who begins a new session has none of the former one's subscriptions and messages
    Given user A and user B are subscribed to the topic "orders"
    When the client of user B takes its leave
    And user A publishes "Paid" on the topic "orders"
    And user B begins a new session
    And user A publishes "Shipped" on the topic "orders"
    Then "Shipped" on the topic "orders" reaches user A
    But user B receives nothing else
