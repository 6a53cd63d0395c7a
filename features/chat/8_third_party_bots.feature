@chat
Feature: 8. Third party integration (ChatGPT and other integrated chat bots)
  A user talks to a bot as to another user: the bot hears the question, and the user who asked gets the answer.

  @STP-8.1 @critical
  Scenario Outline: 8.1 A message to <bot> is passed on to it, once
    Given user A is online
    When user A asks <bot> "What is the capital of Peru?"
    Then user A receives the answer of <bot> to "What is the capital of Peru?"
    And <bot> is asked "What is the capital of Peru?" once

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.1 @STP-3.3 @critical
  Scenario Outline: 8.1 A message between users is passed on to no other, not even <bot>
    Given user A and user B are online
    When user A sends "For your ears only" to user B
    And user A asks <bot> "What is the capital of Peru?"
    Then user B receives "For your ears only" from user A
    And <bot> is asked "What is the capital of Peru?" once
    But <bot> is never asked "For your ears only"

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @critical @smoke
  Scenario Outline: 8.2 The answer of <bot> reaches only the user who asked
    Given user A and user B are online
    When user A asks <bot> "What is the capital of Peru?"
    Then user A receives the answer of <bot> to "What is the capital of Peru?"
    And user A and user B receive nothing else

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @normal
  Scenario Outline: 8.2 A user is told when <bot> cannot answer
    Given user A and user B are online
    And <bot> is out of order
    When user A asks <bot> "What is the capital of Peru?", and goes on
    Then user A is told by <bot> that it cannot answer
    And user A can send messages to user B

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @normal
  Scenario Outline: 8.2 A user whose question <bot> leaves unanswered is told so
    Given user A is online
    And <bot> leaves every question unanswered
    When user A asks <bot> "What is the capital of Peru?", and goes on
    Then user A is told by <bot> that it cannot answer

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @normal
  Scenario Outline: 8.2 <bot> answers while <other> cannot
    Given user A is online
    And <other> is out of order
    When user A asks <bot> "What is the capital of Peru?"
    Then user A receives the answer of <bot> to "What is the capital of Peru?"

    Examples:
      | bot     | other   | because                                   |
      | ChatGPT | Leonid  | an outage of one is not that of the other |
      | Leonid  | ChatGPT | an outage of one is not that of the other |

  @STP-8.3 @critical
  Scenario Outline: 8.3 Users who ask <bot> at the same time each get their own answer
    Given user A, user B and user C are online
    And <bot> answers when all 3 have asked, the last one first
    When user A, user B and user C ask <bot> at the same time, each something else
    Then user A, user B and user C each receive the answer of <bot> to their own question
    And user A, user B and user C receive nothing else

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.3 @normal
  Scenario Outline: 8.3 A user who asks <bot> again before the first answer is there gets both answers
    Given user A is online
    And <bot> answers when all 2 have asked, the last one first
    When user A asks <bot> "What is the capital of Peru?", and goes on
    And user A asks <bot> "And of Chile?", and goes on
    Then user A receives the answer of <bot> to "What is the capital of Peru?"
    And user A receives the answer of <bot> to "And of Chile?"

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @normal
  Scenario: 8.2 A user is told when ChatGPT withholds its answer
    Given user A is online
    And ChatGPT withholds its answers
    When user A asks ChatGPT "What is the capital of Peru?", and goes on
    Then user A is told by ChatGPT that it cannot answer

  @STP-8.1 @normal
  Scenario Outline: 8.1 Words of every kind are passed on to <bot> as they were written
    Given user A is online
    When user A asks <bot> words of every kind
    Then <bot> is asked the words of every kind, each once, as they were written

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @normal
  Scenario Outline: 8.2 What <bot> answers reaches the user whole, whatever its words
    Given user A is online
    When user A asks <bot> words of every kind
    Then user A receives the answer of <bot> to the words of every kind, each whole

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.1 @normal
  Scenario Outline: 8.1 The same question is passed on to <bot> each time that it is asked
    Given user A and user B are online
    When user A asks <bot> "What time is it?"
    And user B asks <bot> "What time is it?"
    And user A asks <bot> "What time is it?"
    Then <bot> is asked "What time is it?" 3 times

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-8.2 @STP-X7 @normal
  Scenario Outline: 8.2 The answer of <bot> reaches every connection of the user who asked
    Given user A and user B are online on 2 connections each
    When user A asks <bot> "What is the capital of Peru?"
    Then user A receives the answer of <bot> to "What is the capital of Peru?" on every connection
    And user B receives nothing else

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-X8 @journey @critical
  Scenario Outline: X8 <bot> is asked again after a time in which it could not answer
    Given user A is online
    And <bot> is out of order
    And user A has asked <bot> "What is the capital of Peru?"
    When <bot> is in order again
    And user A asks <bot> "And of Chile?"
    Then user A receives the answer of <bot> to "And of Chile?"

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |

  @STP-X9 @critical
  Scenario Outline: X9 A user can go on writing while <bot> takes its time over an answer
    Given user A and user B are online
    And <bot> answers when all 2 have asked, the last one first
    When user A asks <bot> "What is the capital of Peru?", and goes on
    Then user A can send messages to user B
    And user B can send messages to user A

    Examples:
      | bot     | because                                     |
      | ChatGPT | it is reached by an interface of its makers |
      | Leonid  | it is reached by an interface of our own    |
