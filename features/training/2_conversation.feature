@training
Feature: 2. The conversation
  Each message is acknowledged, answered and judged, and an invalid message does no harm.

  @CT-WS-1 @critical
  Scenario: CT-WS-1 A user who connects is greeted
    Given pilot user 1 has an account
    When pilot user 1 looks around once
    Then pilot user 1 is greeted on connecting

  @CT-FR-2 @CT-WS-1 @CT-PASS-2 @blocker @smoke
  Scenario: CT-FR-2 A message is acknowledged, answered and judged, once each
    Given pilot user 1 and pilot user 2 are online
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order
    And pilot user 1 and pilot user 2 receive nothing else

  @CT-WS-1 @critical
  Scenario: CT-WS-1 A message reaches the other side once, and its answer comes back
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "What happened to your parcel?"
    Then pilot user 1 receives the answer of ChatGPT to "What happened to your parcel?"
    And ChatGPT is asked "What happened to your parcel?" once

  @CT-WS-2 @CT-UX-5 @critical
  Scenario Outline: CT-WS-2 A client that sends <nonsense> is told so
    Given pilot user 1 is online
    When the client of pilot user 1 sends <nonsense>
    Then pilot user 1 is refused
    And pilot user 1 receives nothing else

    Examples:
      | nonsense                     | because                           |
      | something garbled            | it cannot be read                 |
      | nothing at all               | there is nothing to read          |
      | a list                       | it can be read, and is no message |
      | raw bytes                    | it is no text                     |
      | a message of an unknown kind | the form is right                 |
      | a message without words      | there is nothing to answer        |
      | a blank message              | blank is not the same as missing  |
      | words in the trainer's name  | no user speaks in another's name  |

  @CT-WS-2 @CT-UX-5 @critical
  Scenario Outline: CT-UX-5 A conversation goes on after its client has sent <nonsense>
    Given pilot user 1 is online
    When the client of pilot user 1 sends <nonsense>
    Then the conversation of pilot user 1 with ChatGPT goes on

    Examples:
      | nonsense                       | because                           |
      | something garbled              | it cannot be read                 |
      | nothing at all                 | there is nothing to read          |
      | a list                         | it can be read, and is no message |
      | raw bytes                      | it is no text                     |
      | a message of an unknown kind   | the form is right                 |
      | a message whose kind is a list | a kind is a word                  |
      | half of a character            | it cannot be kept                 |

  @CT-FR-2 @critical
  Scenario: CT-FR-2 There is an answer in every training
    Given pilot user 1 has an account
    When pilot user 1 says "I am glad that you called" in every training
    Then fewer than 1 % of all attempts fail

  @CT-X-1 @normal
  Scenario: CT-X-1 Twenty messages without a pause are all answered in time
    Given pilot user 1 is online
    When pilot user 1 says 20 things without a pause
    Then 100 % of the answers come within 3 seconds

  @CT-INT-5 @normal
  Scenario: CT-INT-5 A conversation of more than twenty messages is kept from its first word on
    Given pilot user 1 is online
    When pilot user 1 says 3 things without a pause
    And pilot user 1 says 3 things without a pause
    And pilot user 1 says 3 things without a pause
    And pilot user 1 says 3 things without a pause
    Then pilot user 1 finds the conversation again

  @CT-INT-5 @breaks_system @normal
  Scenario: CT-INT-5 A conversation of more than a hundred messages is kept, and heard, to its last word
    Given the system is set to a thousand messages at once
    And pilot user 1 is online
    When pilot user 1 says 52 things, each when the one before is answered
    Then pilot user 1 finds the conversation again
    And the conversation of pilot user 1 with ChatGPT goes on

  @CT-X-14 @breaks_system @normal
  Scenario: CT-X-14 Without a language model, capitals make no difference to what is answered
    Given the system is set to no language model
    And pilot user 1 and pilot user 2 are online
    When pilot user 1 asks ChatGPT "Have you got my password?"
    And pilot user 2 asks ChatGPT "HAVE YOU GOT MY PASSWORD?"
    Then pilot user 1 and pilot user 2 are answered in the same words by ChatGPT

  @CT-WS-2 @normal
  Scenario: CT-WS-2 A client that sends half of a character is told so
    Given pilot user 1 is online
    When the client of pilot user 1 sends half of a character
    Then pilot user 1 is refused
    And pilot user 1 receives nothing else

  @CT-WS-1 @CT-INT-5 @normal
  Scenario: CT-WS-1 Words of every kind reach the other side, and are kept, as they were written
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT words of every kind
    Then ChatGPT is asked the words of every kind, each once, as they were written
    And pilot user 1 receives the answer of ChatGPT to the words of every kind, each whole
    And pilot user 1 can talk to ChatGPT
    And pilot user 1 finds the conversation again
