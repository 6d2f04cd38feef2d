package io.stateward.sync.simulation;

import io.stateward.sync.spi.Transport;
import java.util.Set;

/** The naive hub and the naive client, with or without flaws. */
record NaiveSubject(Set<Flaw> flaws) implements Subject {

  @Override
  public Hub hub(SimulatedProcess process, SimulatedDisk disk) {
    return new NaiveHub(process, disk, flaws);
  }

  @Override
  public Client client(SimulatedProcess process, SimulatedDisk disk, Transport transport) {
    return new NaiveClient(process, disk, transport, flaws);
  }
}
