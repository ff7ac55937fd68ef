// A log, its checkpoints and its proofs, as another implementation made them.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/secret.h"
#include "merkle/proof_file.h"

namespace liggare::merkle::example {

inline constexpr std::string_view origin = "ledger.example.gov/town-1";
inline constexpr std::string_view log_seed =
    "dafefabf331ad530d12f1a94847bd579c31b44e5ecde3606915cba1c30dd1a0c";
inline constexpr std::string_view log_vkey =
    "ledger.example.gov/town-1+5dbb47d4+Aewkaq93LfPMCs8+qgMCqskZ+qfRJI0Pktz6BuVHUOxW";
inline constexpr std::string_view first_witness_vkey =
    "witness.example/w1+c374a8d9+BGM8hRBsmi11KWM756MBKCspfKDTYtj+Owd2fOYXLs3j";
inline constexpr std::string_view second_witness_vkey =
    "witness.example/w2+7216d89b+BJ2LJfpqcqF8pEKeW4GWB+V8MochLZpPd17LFTi1oqnm";
inline constexpr std::uint64_t cosigned_seconds = 1767225600;

inline constexpr std::string_view old_checkpoint =
    "ledger.example.gov/town-1\n"
    "150\n"
    "PgEQLoc98AVL6vIJT++Ovl1BPbmUfCmd4BS9qOozGW0=\n"
    "\n"
    "— ledger.example.gov/town-1 XbtH1Dc0Z8MiAJAd5yHJ2U1leoFZdyHISbq9xYaEZh3SY2wg+GWwAc5vAu"
    "aiOR6Ps1eKy4NUhtHRpV3FaHCwN9B7vww=\n"
    "— witness.example/w1 w3So2QAAAABpVbkALX8816IB7dAJOJb28nATJNe5t4bOIy/gQaBwTBcDwMVwUUvou"
    "l7C4HgzdoG/pmcpKjo7rIU0/1wgQF1rOgAtCg==\n"
    "— witness.example/w2 chbYmwAAAABpVbkABR3l6520eYKxGYI037LizmqXH31rqOCfAFwBCbNRY+puKn2BQ"
    "woPBnYcHDu1qH73nkMbK2oaPJ9ZbSGTcir0DA==\n";
inline constexpr std::string_view new_checkpoint =
    "ledger.example.gov/town-1\n"
    "300\n"
    "q6XFkQAQj7BvJUp8VxmTkRcm3JlqNCYRoGrgjBnBRBE=\n"
    "\n"
    "— ledger.example.gov/town-1 XbtH1Hs1n1TLl7jKwisp7rQuQWiYgoDaosH43HPu2e8GuNU+O00hQ2lGRO"
    "+jsvv6oB4dQLEr6BZ7pr9ewlWGgV+yDQU=\n"
    "— witness.example/w1 w3So2QAAAABpVbkAHg7fQNhL9oFCEPDeEKwM6K+RnWz+ggIJmGuwKHfGSMsK9Cnv3"
    "MaNhGknAHv3wp5SpMhI4BLIBFx4m5nc8HbwAg==\n"
    "— witness.example/w2 chbYmwAAAABpVbkAWiwwQTOkyM1g7NkEqLA1jpvmTl5xNtVSxfvHeCppp2ww8DQ/i"
    "1ZnV0Kha+vxlImSq36tzC0AXlX83NxxmvfNAA==\n";

// Of leaf 150 in the tree of the new checkpoint.
inline constexpr std::string_view leaf_hex = "6576656e742031353020d019f266e2cf3b0a214ee4c65717";
inline constexpr std::string_view proof =
    "c2sp.org/tlog-proof@v1\n"
    "index 150\n"
    "XFxvr9+JfggFOR1jhv8CtjN2sjl7B3nDO+WCnRyudeE=\n"
    "qPswvUwddn0UhOcd9XReXtG0vNUsfFmwIiBpMPnxIH8=\n"
    "QuxaoXOsDvOgzPXTUa+T8uNYPPV0E4vOLDwXeGTT4Kk=\n"
    "jpFxKkwWaz78w+x6/NmpWoi0G9gtAw7oMhxrzkUoyac=\n"
    "nnLw+vfgiE2hZtsjFitbNopKzggZhD2Vz1TbR8chd+4=\n"
    "aIfvO5g0Jh7VdlC/tD5QPSvdYdKKlhsNQxAUnzvXhsY=\n"
    "uDsle/lNXZrdQ1v1kLL3F2G2ongV75GLn/zlDYG6ZrY=\n"
    "l4mbBzh6LnIAxiR+MvGMV/OqmsSn7pNkfk9ngC+9roA=\n"
    "+YVG+R9adwDoTkqE7949B85qgzRR4IBs0AO/7RKjirw=\n"
    "\n"
    "ledger.example.gov/town-1\n"
    "300\n"
    "q6XFkQAQj7BvJUp8VxmTkRcm3JlqNCYRoGrgjBnBRBE=\n"
    "\n"
    "— ledger.example.gov/town-1 XbtH1Hs1n1TLl7jKwisp7rQuQWiYgoDaosH43HPu2e8GuNU+O00hQ2lGRO"
    "+jsvv6oB4dQLEr6BZ7pr9ewlWGgV+yDQU=\n"
    "— witness.example/w1 w3So2QAAAABpVbkAHg7fQNhL9oFCEPDeEKwM6K+RnWz+ggIJmGuwKHfGSMsK9Cnv3"
    "MaNhGknAHv3wp5SpMhI4BLIBFx4m5nc8HbwAg==\n"
    "— witness.example/w2 chbYmwAAAABpVbkAWiwwQTOkyM1g7NkEqLA1jpvmTl5xNtVSxfvHeCppp2ww8DQ/i"
    "1ZnV0Kha+vxlImSq36tzC0AXlX83NxxmvfNAA==\n";
// From the old to the new checkpoint.
inline constexpr std::string_view consistency =
    "qPswvUwddn0UhOcd9XReXtG0vNUsfFmwIiBpMPnxIH8=\n"
    "jxB4cG7rzaSp8De30Vdas6fPzDWq2OeZy32BP9SaE3E=\n"
    "QuxaoXOsDvOgzPXTUa+T8uNYPPV0E4vOLDwXeGTT4Kk=\n"
    "jpFxKkwWaz78w+x6/NmpWoi0G9gtAw7oMhxrzkUoyac=\n"
    "nnLw+vfgiE2hZtsjFitbNopKzggZhD2Vz1TbR8chd+4=\n"
    "aIfvO5g0Jh7VdlC/tD5QPSvdYdKKlhsNQxAUnzvXhsY=\n"
    "uDsle/lNXZrdQ1v1kLL3F2G2ongV75GLn/zlDYG6ZrY=\n"
    "l4mbBzh6LnIAxiR+MvGMV/OqmsSn7pNkfk9ngC+9roA=\n"
    "+YVG+R9adwDoTkqE7949B85qgzRR4IBs0AO/7RKjirw=\n";

inline VerifierKey key(std::string_view text) { return VerifierKey::parse(text).value(); }
inline SigningKey log_key() {
  return SigningKey(std::string(origin), KeyType::ed25519, SecretKey(from_hex(log_seed).value()));
}
inline SignedNote note(std::string_view text) { return SignedNote::parse(text).value(); }

}  // namespace liggare::merkle::example
