#include "access/record.h"
