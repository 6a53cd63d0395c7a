@training
Feature: 3. Feedback and scoring
  A user's words are judged by how well they fit, and the feedback helps the user to do better.

  @CT-FR-5 @CT-UX-4 @critical
  Scenario Outline: CT-FR-5 <what> is given between <least> and <most> points
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "<words>"
    Then pilot user 1 is given between <least> and <most> points

    Examples:
      | what                         | words                                                                | least | most | because                                  |
      | Gibberish                    | Zzz                                                                  | 70    | 70   | taking part is all that it is worth      |
      | Politeness alone             | Please, thank you, sorry, I apologize and appreciate it              | 71    | 80   | manners alone solve no problem           |
      | A helpful word               | I am glad that you called                                            | 90    | 90   | it is what the situation asks for        |
      | A part of a word             | Helpful assistance                                                   | 70    | 70   | only whole words count                   |
      | A really good answer         | Please let me help to fix it: I understand, and explain it in detail | 91    | 100  | help, understanding and clarity together |
      | A word that fits a password  | You can reset your password now                                      | 90    | 90   | it is about a password                   |
      | A word that fits a refund    | Your refund takes ten days                                           | 90    | 90   | it is about a refund                     |
      | A word that fits a complaint | We will escalate your complaint                                      | 90    | 90   | it is about a complaint                  |

  @CT-FR-5 @normal
  Scenario: CT-FR-5 The words that fit change with what is talked about
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "You can reset your password now"
    And pilot user 1 asks ChatGPT "What else is on your mind?"
    And pilot user 1 asks ChatGPT "Your refund takes ten days"
    Then pilot user 1 is given 90 points
    And pilot user 1 is given 70 points
    And pilot user 1 is given 90 points

  @CT-FR-5 @normal
  Scenario: CT-FR-5 The same words are given the same points
    Given pilot user 1 and pilot user 2 are online
    When pilot user 1 asks ChatGPT "I am glad that you called"
    And pilot user 2 asks ChatGPT "I am glad that you called"
    Then pilot user 1 is given 90 points
    And pilot user 2 is given 90 points

  @CT-UX-4 @normal
  Scenario: CT-UX-4 Feedback says in words how to do better
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "What do you want?"
    Then pilot user 1 is told how to do better

  @CT-X-4 @normal
  Scenario: CT-X-4 Points are kept with what they were given for
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order
    And pilot user 1 finds the points for each message again

  @CT-X-4 @normal
  Scenario: CT-X-4 Points for several messages are found again in the order in which they were given
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "How can I help you?"
    And pilot user 1 asks ChatGPT "What do you want?"
    Then pilot user 1 is given 90 points
    And pilot user 1 is given 70 points
    And pilot user 1 finds the points for each message again
