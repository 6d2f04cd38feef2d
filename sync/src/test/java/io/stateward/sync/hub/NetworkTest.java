package io.stateward.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "10.0.0.1:80, 10.0.0.1",
    "/10.0.0.1:22, 10.0.0.1",
    "client.example/10.0.0.1:22, 10.0.0.1",
    "::ffff:10.0.0.1, 10.0.0.1",
    "[::FFFF:a00:1]:443, 10.0.0.1",
    "2001:db8:1:2::1, 20010db800010002",
    "[2001:0db8:1:2:ffff::9], 20010db800010002",
    "/[2001:db8:1:2::80]:80, 20010db800010002",
    "fe80::1%eth0, fe80000000000000",
    "[fe80::1%no-such-zone]:80, fe80000000000000",
  })
  void of_anAddress_isWhatOneMachineCannotChoose(String address, String network) {
    assertThat(Network.of(address)).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy:1",
        "unix:/run/hub",
        "localhost:80",
        "face:80",
        "1:2:3",
        ":",
        ".:1",
        "[::1",
        "::1]",
        "[]:80",
        "10.0.0.1:port",
        "10.0.0:80",
        "12345::1",
        "1::2::3",
        "/",
        "[[::1]]",
        "::1:",
      })
  void of_whatIsNoAddress_isAllOfIt(String name) {
    assertThat(Network.of(name)).isEqualTo(name);
  }
}
