@broker
Feature: 7. Regression
  After a fix or a change of settings, what worked goes on working.

  @REG-4 @journey @blocker
  Scenario: REG-4 The critical path works: a client is let in, its message is delivered and seen, and it can be shut out
    Given user A and user B have accounts
    When user A submits "Your parcel is here"
    Then the message of user A is recorded as delivered once
    And user A sees their own messages, all of them and no others
    When the administrator revokes the certificate of user A
    Then user A can no longer submit messages
    But user B can submit messages

  @REG-CFG-1 @TC-W-004 @breaks_system @normal
  Scenario: REG-CFG-1 A changed setting takes effect: no more attempts are made than it permits
    Given the system is set to 2 attempts
    And every worker is cut off
    When user A submits "Nobody there"
    And all 2 attempts to deliver are used up
    And every worker is back
    Then the message of user A is not delivered any more
    But user A can submit messages

  @REG-CFG-2 @breaks_system @normal
  Scenario: REG-CFG-2 The main server and the proxy can use other ports, and find each other
    Given user A has an account
    When the system is set to other ports
    And user A submits 2 messages
    Then each of the 2 messages is delivered once
    And user A sees their own messages, all of them and no others

  @REG-CFG-3 @breaks_system @normal
  Scenario: REG-CFG-3 The main server can use another database
    Given user A has submitted 1 message
    When the system is set to another database
    And user B submits "Is this the new one?"
    Then the administrator reads the message of user B as submitted
    And no message of user A is known

  @MON-6 @TC-S-001 @normal
  Scenario: MON-6 Attempts to get in without permission are counted
    Given the operator has looked at the figures of all components
    When user A tries to submit a message with no certificate
    Then user A is refused
    And the proxy counts 1 more attempt without permission
    But user A can submit messages
