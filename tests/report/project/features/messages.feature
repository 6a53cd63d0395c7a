@chat @STP-1.1
Feature: Messages

  Rule: What is sent arrives

    @critical @STP-3.3
    Scenario Outline: a message arrives
      Given a step that attaches from another thread
      Then <what> arrives
        | who | header               |
        | Ann | password=planted-row |

      Examples:
        | what |
        | one  |
        | two  |

  @minor
  Scenario: a token is refused
    Then it is refused with its token
      """
      Cookie: session=planted-in-cookie; id=7
      """

  @hook_breaks
  Scenario: its hook breaks
    Given a step that attaches from another thread
