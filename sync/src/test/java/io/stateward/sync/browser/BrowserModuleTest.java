package io.stateward.sync.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.stateward.sync.client.BrowserModule;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrowserModuleTest {

  @TempDir private Path folder;

  @Test
  void content_isTheModule_andACopy() throws Exception {
    byte[] content = BrowserModule.content();
    try (InputStream file = BrowserModule.location().openStream()) {
      assertThat(content).isEqualTo(file.readAllBytes());
    }
    assertThat(new String(content, StandardCharsets.UTF_8)).contains("export class SyncClient");

    content[0] = 0;

    assertThat(BrowserModule.content()[0]).isNotZero();
  }

  @Test
  void entityTag_isQuotedAndShort() {
    assertThat(BrowserModule.entityTag()).matches("\"[0-9a-f]{32}\"");
  }

  @Test
  void client_againstAScriptedHub_keepsTheProtocol() throws Exception {
    Node.passes("client.test.mjs", folder, Map.of(), 30);
  }

  @Test
  void clients_withAHubAndEveryFault_convergeForEverySeed() throws Exception {
    String seeds = System.getProperty("stateward.browser.seeds", "200");

    Node.passes("simulation.test.mjs", folder, Map.of("STATEWARD_SEEDS", seeds), 1);
  }
}
