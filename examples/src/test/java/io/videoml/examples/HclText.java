package io.videoml.examples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The code of an HCL text, without comments and without what its strings say: for finding
 * references, and the mistakes that hcl4j forgives.
 */
final class HclText {
  private static final Pattern NO_VALUE = Pattern.compile("(?m)^\\s*\\w+\\s*=\\s*$");

  private final StringBuilder code = new StringBuilder();
  private final Deque<Character> open = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();

  HclText(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (inString()) {
        at = string(text, at);
      } else if (c == '#' || text.startsWith("//", at)) {
        at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
      } else if (text.startsWith("<<", at) || text.startsWith("/*", at)) {
        problems.add("has a heredoc or a block comment, which this check does not read");
        return;
      } else {
        bracket(c);
        code.append(c);
        at++;
      }
    }
    if (!open.isEmpty()) {
      problems.add("ends within " + open.peek());
    }
    if (NO_VALUE.matcher(code).find()) {
      problems.add("has an attribute without a value");
    }
  }

  private boolean inString() {
    return !open.isEmpty() && open.peek() == '"';
  }

  private int string(String text, int at) {
    char c = text.charAt(at);
    if (c == '\\') {
      return at + 2;
    }
    if (c == '"') {
      open.pop();
      code.append(c);
    } else if (text.startsWith("${", at) && text.charAt(at - 1) != '$') {
      open.push('{');
      code.append(' ');
      return at + 2;
    } else if (c == '\n') {
      problems.add("has a string that does not end on its line");
      open.pop();
    }
    return at + 1;
  }

  private void bracket(char c) {
    if (c == '{' || c == '[' || c == '(' || c == '"') {
      open.push(c);
    } else if (c == '}' || c == ']' || c == ')') {
      char opening = c == '}' ? '{' : c == ']' ? '[' : '(';
      if (open.isEmpty() || open.pop() != opening) {
        problems.add("closes a " + c + " that was not opened");
      }
    }
  }

  /** The text as code, with empty strings; what strings interpolate stays. */
  String code() {
    return code.toString();
  }

  List<String> problems() {
    return problems;
  }
}
