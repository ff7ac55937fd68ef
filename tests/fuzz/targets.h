// What the fuzz programs feed: each target takes any bytes, and ends the process where a reader
// accepts what its writer would not give.
#pragma once

#include <string_view>

#include "base/assertion.h"

namespace liggare::fuzz {

void access_record(std::string_view input);
void backup_manifest(std::string_view input);
void checkpoint(std::string_view input);
void completeness(std::string_view input);
void disclosed(std::string_view input);
void event_line(std::string_view input);
void http_answer(std::string_view input);
void http_request(std::string_view input);
void key(std::string_view input);
void note(std::string_view input);
void packed(std::string_view input);
void parsed_json(std::string_view input);
void policy(std::string_view input);
void proof_file(std::string_view input);
void record(std::string_view input);
void report_options(std::string_view input);
void submission(std::string_view input);
void sums(std::string_view input);
void tile_path(std::string_view input);
void url(std::string_view input);
void vault_manifest(std::string_view input);

}  // namespace liggare::fuzz
