@broker
Feature: 2.1 Proxy
  The proxy takes messages in from clients that show a valid certificate, and whatever it accepts is not lost. User A and
  user B are clients with a certificate and an account each.

  @TC-P-001 @blocker @smoke
  Scenario: TC-P-001 A message with a proper phone number is accepted, and delivered
    When user A submits "Your parcel is here"
    Then user A gets a receipt in their own name
    And the message of user A is delivered

  @TC-P-001 @critical
  Scenario Outline: TC-P-001 <number> is a proper phone number: <because>
    When user A submits a message from the number "<number>"
    Then user A gets a receipt in their own name
    And the administrator reads the message of user A as submitted

    Examples:
      | number           | because                                  |
      | +12              | it has a country code and one digit more |
      | +999999999999999 | 15 digits are the longest there are      |

  @TC-P-001 @TC-I-001 @critical
  Scenario: TC-P-001 A client needs nothing but its certificate to submit a message
    When user A submits a message with nothing but their certificate
    Then user A gets a receipt in their own name
    And the message of user A is delivered

  @TC-P-002 @critical
  Scenario Outline: TC-P-002 "<number>" is not a phone number, and is rejected
    When user A tries to submit a message from the number "<number>"
    Then user A is refused
    And no message of user A is known
    But user A can submit messages

    Examples:
      | number            | because                            |
      | 4915112345678     | the plus is missing                |
      | +49151CALLME      | letters are no digits              |
      | +0491511234567    | no country code begins with a zero |
      | +4                | a country code alone is no number  |
      | +4915112345678901 | 16 digits are one too many         |
      | +49 151 12345678  | blanks have no place in it         |
      |                   | a blank number is no number        |
      | ++4915112345678   | one plus is enough                 |

  @TC-P-002 @critical
  Scenario Outline: TC-P-002 A number with <digits> is not a phone number, and is rejected
    When user A tries to submit a message from the number "<number>"
    Then user A is refused
    And no message of user A is known
    But user A can submit messages

    Examples:
      | digits        | number                    | because                                 |
      | Arabic digits | +49١٥١١٢٣٤٥٦٧٨            | they are digits, but none to be dialled |
      | wide digits   | +49１５１１２３４５６７８ | they only look like those that are      |

  @TC-P-002 @normal
  Scenario: TC-P-002 A number followed by a line break is not a phone number, and is rejected
    When user A tries to submit a message from their number followed by a line break
    Then user A is refused
    And no message of user A is known
    But user A can submit messages

  @TC-P-003 @critical
  Scenario Outline: TC-P-003 <content> is rejected
    When user A tries to submit <content>
    Then user A is refused
    And no message of user A is known
    But user A can submit messages

    Examples:
      | content                      | because                          |
      | an empty message             | there is nothing to deliver      |
      | a blank message              | blanks alone say nothing         |
      | a message without words      | missing is not the same as empty |
      | a message of 1001 characters | 1000 are the most                |

  @TC-P-003 @critical
  Scenario Outline: TC-P-003 <content> is accepted, and kept to the last letter
    When user A submits <content>
    Then user A gets a receipt in their own name
    And the administrator reads the message of user A as submitted

    Examples:
      | content                               | because                                        |
      | a message of 1 character              | one is enough                                  |
      | a message of 1000 characters          | 1000 are permitted                             |
      | a message of 1000 accented characters | letters count, whatever it takes to write them |
      | a message of 1000 emoji               | so do characters beyond the basic plane        |

  @TC-P-003 @critical
  Scenario: TC-P-003 Words of every kind are accepted, and kept to the last letter
    When user A submits words of every kind
    Then the administrator reads the messages of user A as submitted

  @BROKER-X5 @critical
  Scenario: BROKER-X5 Two messages that say the same are two messages
    Given user A has an account
    When user A submits "Your parcel is here"
    And user A submits "Your parcel is here"
    Then each of the 2 messages is delivered once
    And user A sees their own messages, all of them and no others

  @TC-P-004 @blocker
  Scenario: TC-P-004 A client without a certificate is rejected
    When user A tries to submit a message with no certificate
    Then user A is refused
    But user A can submit messages

  @TC-P-004 @blocker
  Scenario: TC-P-004 A name alone does not replace a certificate
    Given user A and user B have accounts
    When user A tries to submit a message with no certificate in the name of user B
    Then user A is refused
    But user B can submit messages

  @TC-P-005 @blocker
  Scenario: TC-P-005 A revoked certificate is rejected by every proxy, and no other certificate is
    Given user A and user B have accounts
    When the administrator revokes the certificate of user A
    Then user A can no longer submit messages
    But user B can submit messages

  @TC-P-006 @SMOKE-5 @critical
  Scenario: TC-P-006 The proxy says that it is well when it is
    When the operator asks every component how it is
    Then the proxy is well
    And the second proxy is well

  @TC-P-006 @TC-P-008 @breaks_system @critical
  Scenario: TC-P-006 The proxy says that it is not well when it is not
    When Redis is stopped
    Then the proxy says that Redis is not well
    When Redis is back
    Then the proxy is well

  @TC-P-007 @normal
  Scenario: TC-P-007 The proxy counts what it accepts
    Given the operator has looked at the figures of all components
    When user A submits 3 messages
    Then the proxy counts 3 more messages
    And the second proxy counts 0 more messages

  @TC-P-007 @normal
  Scenario: TC-P-007 The proxy says that no message waits once all are delivered
    When user A submits 3 messages
    Then the messages of user A are delivered
    And the proxy says that no message waits any more

  @TC-P-008 @breaks_system @critical
  Scenario Outline: TC-P-008 A message is refused with the reason, not accepted and lost, when Redis <goes>
    When Redis <goes>
    And user A tries to submit "Anybody?"
    Then user A is told that Redis is unavailable
    When Redis is back
    Then user A can submit messages again

    Examples:
      | goes       | because                            |
      | is stopped | it is gone, and says so            |
      | is cut off | it is there, and cannot be reached |

  @TC-P-008 @breaks_system @critical
  Scenario: TC-P-008 A message is refused with the reason when Redis is lost for the second time too
    When Redis is lost and comes back
    And Redis is stopped
    And user A tries to submit "Anybody?"
    Then user A is told that Redis is unavailable
    When Redis is back
    Then user A can submit messages again

  @TC-P-008 @breaks_system @critical
  Scenario: TC-P-008 A message accepted before Redis was lost is delivered when it is back
    Given every worker hangs
    And user A has submitted 5 messages
    When Redis is lost and comes back
    And every worker is back
    Then each of the 5 messages is delivered once

  @TC-P-009 @breaks_system @critical
  Scenario Outline: TC-P-009 A message accepted while the main server <goes> is delivered when it is back
    Given user A has an account
    When the main server <goes>
    And user A submits 3 messages
    And the main server is back
    Then every message that was accepted is delivered once
    And user A can submit messages

    Examples:
      | goes       | because                   |
      | is stopped | no process is there       |
      | is cut off | no process can be reached |

  @TC-P-009 @TC-W-001 @breaks_system @critical
  Scenario: TC-P-009 Messages accepted while the main server is away are delivered in the order accepted
    Given user A has an account
    When the main server is stopped
    And user A submits 24 messages
    And the main server is back
    Then the messages that were submitted first are delivered before the last ones

  @TC-P-010 @critical
  Scenario: TC-P-010 Messages submitted at the same time are all accepted, and each is delivered once
    Given user A and user B have accounts
    When user A and user B submit 20 messages at the same time
    Then each of the 20 messages is delivered once
    And user A sees their own messages, all of them and no others
