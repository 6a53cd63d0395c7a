@training
Feature: 4. Sessions and their completion
  A session goes on until enough has been said, and then it is completed; what was said in it is kept.

  @CT-UX-3 @CT-INT-1 @blocker @smoke
  Scenario: CT-UX-3 A session can be completed once enough has been said
    Given pilot user 1 has an account
    When pilot user 1 trains customer service for 5 minutes
    Then pilot user 1 can complete the session

  @CT-UX-3 @critical
  Scenario: CT-UX-3 A session cannot be completed one exchange before enough has been said
    Given pilot user 1 is online
    When pilot user 1 says 3 things without a pause
    And pilot user 1 tries to complete the session
    Then pilot user 1 is refused
    But pilot user 1 can talk to ChatGPT

  @CT-UX-3 @critical
  Scenario: CT-UX-3 What the language model could not answer does not complete a session
    Given pilot user 1 is online
    And ChatGPT is out of order
    When pilot user 1 says 5 things without a pause
    And ChatGPT is in order again
    And pilot user 1 tries to complete the session
    Then pilot user 1 is refused
    But pilot user 1 can talk to ChatGPT

  @CT-UX-3 @normal
  Scenario: CT-UX-3 What the language model could not answer is left out of the average
    Given pilot user 1 is online
    And ChatGPT is out of order
    When pilot user 1 says 2 things without a pause
    And ChatGPT is in order again
    And pilot user 1 says 5 things without a pause
    Then pilot user 1 can complete the session

  @CT-X-5 @normal
  Scenario: CT-X-5 Nothing is added to a session that is completed
    Given pilot user 1 has an account
    When pilot user 1 trains customer service from beginning to end
    And pilot user 1 asks ChatGPT "One more thing?"
    Then pilot user 1 is refused
    And pilot user 1 receives nothing else
    But the session is completed

  @CT-WS-6 @critical
  Scenario: CT-WS-6 A session of 30 minutes can be held
    Given pilot user 1 has an account
    When pilot user 1 trains customer service for 30 minutes
    Then every message is given at least 70 points, and 80 on average
    And pilot user 1 can talk to ChatGPT

  @CT-WS-6 @soak @normal
  Scenario: CT-WS-6 A session of 30 minutes can be held, in real time
    Given pilot user 1 has an account
    When pilot user 1 trains customer service for 30 minutes
    Then every message is given at least 70 points, and 80 on average
    And pilot user 1 can talk to ChatGPT

  @CT-UX-1 @critical
  Scenario: CT-UX-1 A session of 30 minutes can be completed
    Given pilot user 1 has an account
    When pilot user 1 trains customer service for 30 minutes
    Then pilot user 1 can complete the session

  @CT-UX-1 @soak @normal
  Scenario: CT-UX-1 A session of 30 minutes can be completed, in real time
    Given pilot user 1 has an account
    When pilot user 1 trains customer service for 30 minutes
    Then pilot user 1 can complete the session

  @CT-FR-4 @CT-INT-5 @critical
  Scenario: CT-FR-4 A user who loses the connection comes back into the same session
    Given pilot user 1 is online
    When pilot user 1 says 3 things without a pause
    And the client of pilot user 1 goes away without a word
    Then pilot user 1 can connect
    And pilot user 1 finds the conversation again
    And pilot user 1 can talk to ChatGPT

  @CT-INT-5 @CT-FR-4 @critical
  Scenario: CT-INT-5 All that a user has said is heard, even if their client goes away before the first answer
    Given pilot user 1 and pilot user 2 are online
    And ChatGPT answers when all 2 have asked, the last one first
    When pilot user 1 asks ChatGPT "What happened to your parcel?", and goes on
    And pilot user 1 asks ChatGPT "And when was that?"
    And the client of pilot user 1 goes away without a word
    And pilot user 2 asks ChatGPT "How can I help you?"
    Then ChatGPT is asked "And when was that?" once

  @CT-INT-5 @critical
  Scenario: CT-INT-5 Each user finds their own conversation again, in order
    Given pilot user 1 and pilot user 2 are online
    When pilot user 1 says 3 things without a pause
    And pilot user 2 says 2 things without a pause
    Then pilot user 1 finds the conversation again
    And pilot user 2 finds the conversation again

  @CT-X-18 @CT-INT-5 @normal
  Scenario: CT-X-18 What is said is kept with the time at which it is said
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order
    And the times that pilot user 1 is shown are true

  @CT-X-6 @normal
  Scenario: CT-X-6 A session is completed once
    Given pilot user 1 has an account
    When pilot user 1 trains customer service from beginning to end
    And pilot user 1 tries to complete the session
    Then pilot user 1 is refused
    But the session is completed

  @CT-X-8 @normal
  Scenario: CT-X-8 A conversation goes on when one of two clients in it goes away
    Given pilot user 1 is online on 2 connections
    When one of the clients of pilot user 1 goes away without a word
    Then the conversation of pilot user 1 with ChatGPT goes on
    And pilot user 1 finds the conversation again
