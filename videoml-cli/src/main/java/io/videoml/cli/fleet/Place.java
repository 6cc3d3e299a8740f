package io.videoml.cli.fleet;

import io.videoml.cli.process.CliException;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A place in the file, as editors and compilers write it.
 *
 * @param file its name
 * @param line from 1
 * @param column from 1
 */
record Place(String file, int line, int column) {

  static Place of(String file, Optional<Mark> mark) {
    return new Place(
        file, mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1);
  }

  /** Returns the error to throw: {@code file:line:column: what (whyAndWhatToDo)}. */
  CliException wrong(String what, String whyAndWhatToDo) {
    return CliException.usage(this + ": " + what, whyAndWhatToDo);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
