/**
 * The configuration file of {@code videoml fleet}: YAML in, checked settings out, every mistake
 * with its line. Start at {@link io.videoml.cli.fleet.FleetConfig}. Depends on the options and
 * processes of the command.
 */
@NullMarked
package io.videoml.cli.fleet;

import org.jspecify.annotations.NullMarked;
